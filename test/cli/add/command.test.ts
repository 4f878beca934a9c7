import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SERVICES } from '../../../src/cli/files/templates/services/service-list.js';
import { repository } from '../../package/manifest.js';
import { PROJECT, Workshop } from '../workshop.js';

jest.mock('rolldown/utils', () =>
  jest.requireActual<typeof import('../native-module.js')>('../native-module.js').nativeModule('rolldown/utils'),
);

let workshop: Workshop;

beforeEach(() => {
  workshop = new Workshop(PROJECT);
});

afterEach(() => rmSync(workshop.folder, { recursive: true }));

test('without a name, the services are listed', async () => {
  const { exitCode, printed } = await workshop.call('add');
  expect(exitCode).toBe(0);
  for (const name of Object.keys(SERVICES)) expect(printed).toMatch(new RegExp(`^ {2}${name} +\\w`, 'm'));
  expect(printed.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('a service is added with its files, its package, its variables, and in the root module', async () => {
  const { exitCode, printed } = await workshop.call('add auth --no-install');
  expect(exitCode).toBe(0);
  expect(Object.keys(workshop.files())).toEqual([
    '.env.example',
    'package.json',
    'src/app.module.ts',
    'src/auth/auth.module.ts',
    'src/auth/me.controller.spec.ts',
    'src/auth/me.controller.ts',
  ]);
  expect(workshop.read('src/app.module.ts')).toBe(
    "import { Module } from 'lambent';\nimport { AuthModule } from './auth/auth.module.js';\n\n" +
      '@Module({ imports: [AuthModule] })\nexport class AppModule {}\n',
  );
  expect(JSON.parse(workshop.read('package.json'))).toEqual({
    name: 'shop',
    type: 'module',
    dependencies: { 'aws-jwt-verify': expect.stringMatching(/^\^5/) },
  });
  expect(printed).toMatch(/Next steps:\n {2}Run "npm install --no-audit --no-fund"\.\n {2}Set JWT_ISSUER/);
  expect(printed).toContain('/authentication.md#call-protected-routes-on-your-machine\n');
  expect(printed).toMatch(/Read https:\/\/\S+\/authentication\.md$/);
});

test('files with the line breaks of Windows and a byte order mark are edited, and keep their line breaks', async () => {
  const windows = {
    ...PROJECT,
    'package.json': '\uFEFF{\n  "name": "shop",\n  "type": "module"\n}\n',
    '.env.example': 'A=1\n',
  };
  const paths = Object.keys(windows) as (keyof typeof windows)[];
  for (const path of paths) workshop.write(path, windows[path].replaceAll('\n', '\r\n'));
  expect((await workshop.call('add auth --no-install')).exitCode).toBe(0);
  for (const path of paths) expect(workshop.read(path).split('\n').slice(0, -1).join('')).toMatch(/^(?:[^\r]*\r){5,}$/);
});

test('what package.json and .env.example have stays as it is', async () => {
  workshop.write('package.json', '{\n\t"dependencies": {\n\t\t"zod": "^4",\n\t\t"aws-jwt-verify": "5.1.0"\n\t}\n}');
  workshop.write('.env.example', '# Mine\nTABLE=orders\n\n\n');
  await workshop.call('add auth --no-install');
  expect(workshop.read('package.json')).toContain('"aws-jwt-verify": "5.1.0"\n\t}\n}');
  expect(workshop.read('.env.example')).toMatch(/^# Mine\nTABLE=orders\n\n# The issuer[^]*\nJWT_AUDIENCE=api\n$/);

  await workshop.call('add cache --no-install');
  expect(workshop.read('package.json')).toMatch(
    /^\{\n\t"dependencies": \{\n\t\t"aws-jwt-verify": "5\.1\.0",\n\t\t"lru-cache": ".+",\n\t\t"zod": "\^4"\n\t\}\n\}$/,
  );
});

test('packages that only tests need are for development, and left out with --no-spec', async () => {
  await workshop.call('add tracing --no-install --no-spec');
  expect(JSON.parse(workshop.read('package.json'))).not.toHaveProperty('devDependencies');
  expect(Object.keys(workshop.files()).filter((path) => path.endsWith('.spec.ts'))).toEqual([]);

  workshop = new Workshop(PROJECT);
  await workshop.call('add tracing --no-install');
  expect(JSON.parse(workshop.read('package.json'))).toMatchObject({
    dependencies: { '@opentelemetry/api': expect.any(String) },
    devDependencies: { '@opentelemetry/sdk-trace-base': expect.any(String) },
  });
});

test.each([
  ['shop', 'shop'],
  ['@acme/shop', 'acme/shop'],
  ["it's ${shop}", 'itsshop'],
])('metrics and spans of the project %j have its name', async (name, written) => {
  workshop.write('package.json', JSON.stringify({ name }));
  for (const service of ['metrics', 'tracing']) await workshop.call(`add ${service} --no-install`);
  expect(workshop.read('src/metrics/app-metrics.module.ts')).toContain(`namespace: '${written}',`);
  expect(workshop.read('src/tracing/reports.controller.ts')).toContain(`getTracer('${written}')`);
});

test('--dry-run prints a diff and writes nothing', async () => {
  const before = workshop.files();
  const { exitCode, printed } = await workshop.call('add messaging --dry-run');
  expect(exitCode).toBe(0);
  expect(printed).toContain('+@Module({ imports: [MailsModule] })');
  expect(printed).toContain('+++ b/src/mails/mails.consumer.ts');
  expect(workshop.files()).toEqual(before);
});

async function refused(commandLine: string, message: string, exitCode = 1): Promise<void> {
  const before = workshop.files();
  const outcome = await workshop.call(commandLine);
  expect([outcome.exitCode, outcome.printed]).toEqual([exitCode, '']);
  expect(outcome.complained).toContain(message);
  expect(workshop.files()).toEqual(before);
}

describe('nothing is written', () => {
  test('for a service that does not exist', async () => {
    await refused('add metric', 'Unknown service "metric". Did you mean metrics?', 2);
    await refused('add toString', 'Unknown service "toString".', 2);
  });

  test('for a service that is there', async () => {
    await workshop.call('add health --no-install');
    await refused('add health', 'src/health/app-health.module.ts imports HealthModule already');
    workshop = new Workshop({ ...PROJECT, 'src/shop.ts': 'export const limits = RateLimitModule.forRootAsync({});' });
    await refused('add rate-limit', 'src/shop.ts imports RateLimitModule already');
  });

  test('where a file exists', async () => {
    workshop.write('src/auth/me.controller.ts', 'mine');
    await refused('add auth', 'because these files already exist:\n  src/auth/me.controller.ts\n');
  });

  test('where the module can not be edited', async () => {
    workshop.write(
      'src/app.module.ts',
      "import { Module } from 'lambent';\n@Module(metadata)\nexport class AppModule {}\n",
    );
    await refused('add auth', 'Add imports: [AuthModule] by hand, then run this again with --skip-import.');
  });

  test('where package.json is not JSON', async () => {
    workshop.write('package.json', '{,}');
    await refused('add auth', 'Cannot read package.json');
  });
});

test('--skip-import prints what to paste', async () => {
  rmSync(join(workshop.folder, 'src/app.module.ts'));
  const { exitCode, printed } = await workshop.call('add health --skip-import');
  expect(exitCode).toBe(0);
  expect(printed).toContain(
    "Add this to your root module:\n  import { AppHealthModule } from './health/app-health.module.js';\n  imports: [AppHealthModule]\n",
  );
});

test('--module names another module', async () => {
  workshop.write('src/jobs/jobs.module.ts', PROJECT['src/app.module.ts'].replace('AppModule', 'JobsModule'));
  await workshop.call('add health --module src/jobs/jobs.module.ts');
  expect(workshop.read('src/jobs/jobs.module.ts')).toContain("from '../health/app-health.module.js';");
  expect(workshop.read('src/app.module.ts')).toBe(PROJECT['src/app.module.ts']);
});

test.each([
  ['package-lock.json', 'npm install --no-audit --no-fund'],
  ['pnpm-lock.yaml', 'pnpm install'],
  ['yarn.lock', 'yarn install'],
])('with a %s, packages are installed by "%s"', (lockFile, commandLine) => {
  workshop.write(lockFile, '');
  const [manager] = commandLine.split(' ');
  workshop.write(`bin/${manager!}`, `#!/bin/sh\necho "$PWD $(basename $0) $@" > ${workshop.folder}/called\n`);
  chmodSync(join(workshop.folder, 'bin', manager!), 0o755);
  const { status, stdout } = spawnSync(process.execPath, [join(repository, 'dist/esm/cli/main.js'), 'add', 'cache'], {
    cwd: join(workshop.folder, 'src'),
    env: { ...process.env, NODE_OPTIONS: '', PATH: join(workshop.folder, 'bin') + delimiter + process.env['PATH'] },
    encoding: 'utf8',
  });
  expect([status, workshop.read('called')]).toEqual([0, `${workshop.folder} ${commandLine}\n`]);
  expect(stdout).toMatch(/CREATE src\/rates\/rates\.module\.ts\n[^]*Packages are installed/);
});

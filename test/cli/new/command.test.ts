import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { SamTemplate } from '../../../src/cli/sam/sam-template.js';
import { repository } from '../../package/manifest.js';
import { Workshop } from '../workshop.js';

let workshop: Workshop;

beforeEach(() => {
  workshop = new Workshop();
});

afterEach(() => rmSync(workshop.folder, { recursive: true }));

const FILES = [
  '.env.example',
  '.github/workflows/ci.yml',
  '.gitignore',
  '.oxfmtrc.json',
  '.oxlintrc.json',
  '.vscode/extensions.json',
  '.vscode/settings.json',
  'README.md',
  'jest.config.js',
  'package.json',
  'src/app.module.ts',
  'src/handler.ts',
  'src/hello/dto/greeting.dto.ts',
  'src/hello/hello.controller.spec.ts',
  'src/hello/hello.controller.ts',
  'src/hello/hello.module.ts',
  'src/hello/hello.service.spec.ts',
  'src/hello/hello.service.ts',
  'src/options.ts',
  'template.yaml',
  'tsconfig.json',
];

interface Manifest {
  readonly name: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

function manifest(name: string): Manifest {
  return JSON.parse(workshop.read(`${name}/package.json`)) as Manifest;
}

test('a project is made of flags alone, and what is next is said', async () => {
  const { exitCode, printed } = await workshop.call('new my-api --yes --no-install');
  expect(exitCode).toBe(0);
  expect(Object.keys(workshop.files())).toEqual(FILES.map((path) => `my-api/${path}`));
  expect(printed).toContain('CREATE my-api/package.json\n');
  expect(printed).toMatch(/Next steps:\n {2}cd my-api\n {2}npm install\n {2}npm start\n/);
});

test('the operations of the example have no summary that speaks of the framework', async () => {
  await workshop.call('new my-api --yes --no-install');
  // A doc comment is the summary of the operation in the OpenAPI document.
  expect(workshop.read('my-api/src/hello/hello.controller.ts')).not.toContain('/**');
});

test('it depends on this version, and on tools in the versions that this is tested with', async () => {
  await workshop.call('new my-api --yes --no-install');
  const ours = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as Manifest & { version: string };
  const { name, dependencies, devDependencies } = manifest('my-api');
  expect([name, dependencies['lambent']]).toEqual(['my-api', `^${ours.version}`]);
  for (const tool of ['jest', 'rolldown', '@swc/jest', 'typescript', 'oxlint', 'oxfmt'])
    expect(devDependencies[tool]).toBe(ours.devDependencies[tool]);
  expect(Object.values({ ...dependencies, ...devDependencies })).not.toContain('*');
});

test.each([
  ['1.2.3', '1.2.3'],
  ['next', 'next'],
  ['./lambent-0.1.0.tgz', 'file:../lambent-0.1.0.tgz'],
  ['lambent-0.1.0.tgz', 'file:../lambent-0.1.0.tgz'],
  ['../lambent', 'file:../../lambent'],
  ['file:../lambent', 'file:../../lambent'],
  ['/tmp/lambent-0.1.0.tgz', 'file:/tmp/lambent-0.1.0.tgz'],
])('--lambent %s is written as %s', async (spec, written) => {
  await workshop.call(`new my-api --yes --no-install --lambent ${spec}`);
  expect(manifest('my-api').dependencies['lambent']).toBe(written);
});

test('it has the hardened settings, which the documentation explains', async () => {
  await workshop.call('new my-api --yes --no-install');
  const options = workshop.read('my-api/src/options.ts');
  const [block = ''] =
    /export const options: ApplicationOptions = [^]*?\n\};/.exec(
      readFileSync(join(repository, 'docs/security.md'), 'utf8'),
    ) ?? [];
  expect(block).toContain('whitelist: true');
  expect(options).toContain(block);
  for (const [, option] of block.matchAll(/^  (\w+):/gm))
    expect(readFileSync(join(repository, 'docs/security.md'), 'utf8')).toMatch(new RegExp(`^\\| \`${option}`, 'm'));
});

test.each([
  ['http-api', 'Type: HttpApi', '${ServerlessHttpApi}', 'v2'],
  ['rest-api', "Path: '/{proxy+}', Method: ANY", '${ServerlessRestApi}', 'v1'],
  ['function-url', 'FunctionUrlConfig:', '!GetAtt FunctionUrl.FunctionUrl', 'function-url'],
])('--api %s is in the template, and what the emulator stands in for', async (api, event, url, source) => {
  await workshop.call(`new my-api --yes --no-install --api ${api}`);
  const template = workshop.read('my-api/template.yaml');
  expect(template).toContain(event);
  expect(template).toContain(url);
  expect(manifest('my-api').scripts).toMatchObject({ dev: `lambent dev --source ${source}`, start: 'npm run dev --' });
});

test.each([
  ['http-api', { Api: { Type: 'HttpApi' } }],
  ['rest-api', { Root: expect.anything(), Paths: expect.anything() }],
  ['function-url', {}],
])('the template for %s has a place for the events of consumers', async (api, events) => {
  await workshop.call(`new my-api --yes --no-install --api ${api}`);
  const text = workshop.read('my-api/template.yaml');
  const template = new SamTemplate('template.yaml', text).marked();
  const kinds = template.parts.map(({ kind }) => kind);
  expect(kinds).toEqual(['variables', 'policies', 'events']);
  const filled = parse(template.filled(kinds.map((kind) => (kind === 'events' ? 'Queue: { Type: SQS }\n' : ''))), {
    logLevel: 'silent',
  }) as {
    Resources: { Function: { Properties: object } };
  };
  expect(filled.Resources.Function.Properties).toMatchObject({ Events: { ...events, Queue: { Type: 'SQS' } } });
});

test('what is not given is asked for', async () => {
  const answers = ['shop', 'rest-api', 'vitest', 'terraform', 'pnpm'];
  const { exitCode } = await workshop.call('new --no-install', { answers });
  expect(exitCode).toBe(0);
  expect(manifest('shop')).toMatchObject({
    name: 'shop',
    scripts: { start: 'pnpm run dev', test: 'vitest run', deploy: 'pnpm run build && terraform apply' },
  });
  expect(workshop.read('shop/main.tf')).toContain('aws_api_gateway_rest_api');
});

test('Enter takes the defaults', async () => {
  const { printed } = await workshop.call('new --no-install', { answers: [] });
  expect(Object.keys(workshop.files())).toEqual(FILES.map((path) => `my-api/${path}`));
  expect(printed).toContain('cd my-api\n  npm install\n');
});

test('a name that is not possible is asked for again', async () => {
  workshop.write('taken/package.json', '{}');
  const answers = ['My Api', '../shop', 'taken', 'shop'];
  const { exitCode, complained } = await workshop.call('new --no-install', { answers });
  expect(exitCode).toBe(0);
  expect(complained.split('\n')).toEqual([
    expect.stringContaining('Invalid project name "My Api"'),
    expect.stringContaining('"../shop" is outside the current folder'),
    expect.stringContaining('taken is not empty (package.json)'),
  ]);
  expect(manifest('shop').name).toBe('shop');
});

test('what is given is not asked for', async () => {
  const flags = '--api function-url --test-runner jest --deploy sam --package-manager npm --no-install';
  const { exitCode } = await workshop.call(`new shop ${flags}`, { answers: ['rest-api'] });
  expect(exitCode).toBe(0);
  expect(workshop.read('shop/template.yaml')).toContain('FunctionUrlConfig');
});

test('a wrong flag is refused before the first question', async () => {
  const { exitCode, complained } = await workshop.call('new --deploy terrafrom', { answers: ['shop'] });
  expect([exitCode, complained]).toEqual([
    2,
    '--deploy must be sam, cdk, terraform, serverless or sst, not "terrafrom". Did you mean terraform?',
  ]);
  expect(workshop.files()).toEqual({});
});

test('an empty folder is used, one with something in it is not', async () => {
  mkdirSync(join(workshop.folder, 'empty'));
  expect((await workshop.call('new empty --yes --no-install')).exitCode).toBe(0);
  const before = workshop.files();
  const { exitCode, complained } = await workshop.call('new empty --yes --no-install');
  expect([exitCode, complained]).toEqual([
    1,
    'empty is not empty (.env.example, .github, .gitignore). Choose another name, or remove what is there.',
  ]);
  expect(workshop.files()).toEqual(before);
});

test('a file of that name is left as it is', async () => {
  workshop.write('my-api', 'mine');
  const { exitCode, complained } = await workshop.call('new my-api --yes --no-install');
  expect([exitCode, complained]).toEqual([
    1,
    'my-api is not empty (a file). Choose another name, or remove what is there.',
  ]);
  expect(workshop.files()).toEqual({ 'my-api': 'mine' });
});

test('a folder further down is made, as for a workspace', async () => {
  const { printed } = await workshop.call('new packages/my-api/ --yes --no-install --lambent ./lambent.tgz');
  expect(manifest('packages/my-api')).toMatchObject({
    name: 'my-api',
    dependencies: { lambent: 'file:../../lambent.tgz' },
  });
  expect(printed).toContain('Next steps:\n  cd packages/my-api\n');
});

test('in a repository, a folder further down gets no workflow, which GitHub would ignore, and the output says so', async () => {
  workshop.write('.git/HEAD', '');
  const { printed } = await workshop.call('new packages/my-api --yes --no-install');
  expect(Object.keys(workshop.files()).filter((path) => path.includes('.github'))).toEqual([]);
  expect(workshop.read('packages/my-api/README.md')).not.toContain('.github');
  expect(printed).toContain(
    'Have yours run "npm run types", "npm run lint", "npm test" and "npm run build" in packages/my-api.',
  );
  workshop.write('packages/own/.git/HEAD', '');
  await workshop.call('new . --yes --no-install', { cwd: 'packages/own' });
  expect(workshop.read('packages/own/README.md')).toContain('.github/workflows/ci.yml');
});

test('with pnpm, a project outside of a workspace says which install scripts need not run', async () => {
  await workshop.call('new my-api --yes --no-install --package-manager pnpm');
  expect(parse(workshop.read('my-api/pnpm-workspace.yaml'))).toHaveProperty('allowBuilds');
  workshop.write('pnpm-workspace.yaml', 'packages: [packages/*]\n');
  await workshop.call('new packages/other --yes --no-install --package-manager pnpm');
  expect(Object.keys(workshop.files())).not.toContain('packages/other/pnpm-workspace.yaml');
  expect(workshop.read('packages/other/.github/workflows/ci.yml')).toContain('pnpm install --frozen-lockfile');
});

test('this folder is used, where it has nothing but a repository and a licence', async () => {
  workshop.write('shop/.git/HEAD', '');
  workshop.write('shop/LICENSE', '');
  const { exitCode, printed } = await workshop.call('new . --yes --no-install', { cwd: 'shop' });
  expect([exitCode, manifest('shop').name]).toEqual([0, 'shop']);
  expect(printed).toMatch(/CREATE package\.json\n[^]*Next steps:\n {2}npm install\n {2}npm start\n/);
  const again = await workshop.call('new . --yes --no-install', { cwd: 'shop' });
  expect(again.complained).toContain('The current folder is not empty (');
});

test('--dry-run prints the files and writes none', async () => {
  const { exitCode, printed } = await workshop.call('new my-api --yes --dry-run');
  expect(exitCode).toBe(0);
  for (const path of FILES) expect(printed).toContain(`+++ b/my-api/${path}\n`);
  expect(workshop.files()).toEqual({});
});

test.each([
  ['new', 'Missing project name.'],
  ['new --yes', 'Missing project name.'],
  ['new MyApi', 'Invalid project name "MyApi"'],
  ['new ../my-api', '"../my-api" is outside the current folder. Run this command where the project should be.'],
  ['new /my-api', '"/my-api" is outside the current folder'],
  ['new a/B', 'Invalid project name "B"'],
  ['new node_modules', 'Invalid project name "node_modules"'],
  ['new my-api --api rest', '--api must be http-api, rest-api or function-url, not "rest". Did you mean rest-api?'],
  ['new my-api --api toString', '--api must be http-api, rest-api or function-url, not "toString".'],
  ['new my-api --test-runner vite', '--test-runner must be jest or vitest, not "vite". Did you mean vitest?'],
  ['new my-api --deploy tf', '--deploy must be sam, cdk, terraform, serverless or sst, not "tf".'],
  ['new my-api --package-manager yarn', '--package-manager must be npm or pnpm, not "yarn".'],
])('lambent %s is rejected, and writes nothing', async (commandLine, message) => {
  const { exitCode, complained } = await workshop.call(`${commandLine} --no-install`);
  expect(exitCode).toBe(2);
  expect(complained).toContain(message);
  expect(workshop.files()).toEqual({});
});

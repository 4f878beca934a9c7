import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../package/manifest.js';
import { type BuildProject, createBuildProject, invoke } from './project.js';

const sources = {
  'src/shop.ts': `
    import { IsInt, IsUrl, Min } from 'class-validator';
    import { Controller, Get, LambdaApplication, Module } from 'lambent';
    import { ConfigModule, Duration, Env, FromSecret } from 'lambent/config';

    class ShopConfig {
      @IsUrl({ require_tld: false }) databaseUrl!: string;
      @IsInt() @Min(1) pageSize = 20;
      @Duration('seconds') timeout = 30;
      origins = ['https://shop.example'];
      @Env() @FromSecret(\`\${process.env['STAGE'] ?? 'dev'}/key\`) signingKey!: string;
    }

    @Controller('config') class Orders {
      constructor(private readonly config: ShopConfig) {}
      @Get() show() { return { ...this.config, length: this.config.signingKey.length }; }
    }

    @Module({ imports: [ConfigModule.forRoot(ShopConfig)], controllers: [Orders] }) class AppModule {}
    export const { handler } = LambdaApplication.create(AppModule, (app) => ({
      etag: true,
      cors: { origin: app.get(ShopConfig).origins },
    }));`,
};

const VARIABLES = {
  DATABASE_URL: 'http://database-of-the-build',
  PAGE_SIZE: '77',
  TIMEOUT: '2m',
  SIGNING_KEY: 'key-of-the-build',
  ORIGINS: 'https://a.example',
  STAGE: 'live',
};

let project: BuildProject;

/** Runs with variables in the environment of the processes that it starts. */
async function withVariables<T>(variables: Readonly<Record<string, string>>, run: () => Promise<T>): Promise<T> {
  const replaced = jest.replaceProperty(process, 'env', { ...process.env, ...variables });
  try {
    return await run();
  } finally {
    replaced.restore();
  }
}

beforeAll(async () => {
  if (!existsSync(join(repository, 'dist'))) throw new Error('This test builds with dist: run `npm run build` first.');
  const builds = { bare: { entry: 'src/shop.ts' }, hello: { entry: 'src/hello.ts' } };
  project = await createBuildProject(builds, sources);
});

afterAll(() => {
  if (project) rmSync(project.folder, { recursive: true, force: true });
});

function textOf(name: string): string {
  const folder = join(project.bundles, name);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('js'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
}

const show = (variables: Readonly<Record<string, string>>) =>
  withVariables(variables, () =>
    invoke(join(project.bundles, 'bare/shop.mjs'), [
      { method: 'GET', url: '/config', headers: { origin: 'https://a.example' } },
    ]),
  );

test('an application is planned with none of its variables set, and has values and names of secrets at the start', async () => {
  expect(project.built['bare']).toMatchObject({ plan: [{ planned: 'build' }] });
  const [{ answer, log } = {}] = await show(VARIABLES);
  expect(answer).toMatchObject({ statusCode: 200, headers: { 'access-control-allow-origin': 'https://a.example' } });
  expect(JSON.parse(answer!.body)).toEqual({
    databaseUrl: 'http://database-of-the-build',
    pageSize: 77,
    timeout: 120,
    origins: ['https://a.example'],
    length: 16,
  });
  // Nothing says that it was planned anew.
  expect(log!.filter(({ level }) => level !== 'info')).toEqual([]);
});

test('a start without them tells the mistakes, those of a secret too', async () => {
  const [missing] = await show({ ...VARIABLES, DATABASE_URL: '', PAGE_SIZE: '0' });
  expect(missing!.answer.thrown!.message).toContain('- pageSize: PAGE_SIZE is "0": pageSize must not be less than 1.');
  expect(missing!.answer.thrown!.message).toContain('- databaseUrl: DATABASE_URL is not set.');
  const [remote] = await show({ ...VARIABLES, SIGNING_KEY: '', AWS_REGION: '', AWS_DEFAULT_REGION: '' });
  expect(remote!.answer.thrown!.message).toContain('- signingKey: The secret "live/key" could not be read: ');
});

test('options from the configuration are checked at the start, though the build has checked all others', async () => {
  const [refused] = await show({ ...VARIABLES, ORIGINS: '*' });
  expect(refused!.answer.thrown!.message).toBe("cors.origin: '*' must stand alone, not in a list");
});

test('a build does not read the values of the variables', async () => {
  const built = await withVariables(VARIABLES, () => createBuildProject({ set: { entry: 'src/shop.ts' } }, sources));
  try {
    expect(built.built['set']).toMatchObject({ plan: [{ planned: 'build' }] });
    const folder = join(built.bundles, 'set');
    for (const file of readdirSync(folder)) {
      const text = readFileSync(join(folder, file), 'utf8');
      for (const value of ['database-of-the-build', 'key-of-the-build']) expect(text).not.toContain(value);
    }
  } finally {
    rmSync(built.folder, { recursive: true, force: true });
  }
});

test('an application without a configuration has nothing of it in its bundle', () => {
  expect(textOf('bare')).toContain('The configuration ');
  expect(textOf('hello')).not.toContain('The configuration ');
});

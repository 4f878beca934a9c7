import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../package/manifest.js';
import { type BuildProject, createBuildProject, invoke } from './project.js';

// Services behind a subpath are planned by the build like everything else, and are not there where they are not used.

const sources = {
  'src/limits.ts': `
    import { Controller, Get, LambdaApplication, Module } from 'lambent';
    import { RateLimit, RateLimitModule } from 'lambent/rate-limit';
    @Controller('orders') @RateLimit({ limit: 3, per: 'day', by: 'ip' }) class Orders {
      @Get() list() { return []; }
      @RateLimit({ limit: 1, per: 'day', by: ({ request }) => request.header('x-tenant') }) @Get('one') one() { return 1; }
    }
    @Module({ imports: [RateLimitModule.forRoot({ store: 'memory' })], controllers: [Orders] }) class AppModule {}
    export const { handler } = LambdaApplication.create(AppModule);`,
};

let project: BuildProject;

beforeAll(async () => {
  if (!existsSync(join(repository, 'dist'))) throw new Error('This test runs the build: run `npm run build` first.');
  project = await createBuildProject({ hello: { entry: 'src/hello.ts' }, limits: { entry: 'src/limits.ts' } }, sources);
});

afterAll(() => {
  if (project) rmSync(project.folder, { recursive: true, force: true });
});

/** The text of all files of a bundle. */
function textOf(name: string): string {
  const folder = join(project.bundles, name);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.mjs'));
  return files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
}

test('limits are planned in the build, and count', async () => {
  expect(project.built['limits']!.plan).toMatchObject([{ planned: 'build' }]);
  const tenant = { url: '/orders/one', headers: { 'x-tenant': 'acme' } };
  const requests = [{ url: '/orders' }, tenant, tenant, ...Array.from({ length: 3 }, () => ({ url: '/orders' }))];
  const outcomes = await invoke(join(project.bundles, 'limits/limits.mjs'), requests);
  expect(outcomes.map(({ answer }) => answer.statusCode)).toEqual([200, 200, 429, 200, 200, 429]);
  expect(outcomes.flatMap(({ log }) => log.filter(({ type }) => type !== 'access'))).toEqual([]);
});

test.each([['limits', 'ratelimit-policy']])('no byte of %s is in a bundle that does not use them', (name, mark) => {
  expect(textOf(name)).toContain(mark);
  expect(textOf('hello')).not.toContain(mark);
});

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildProject, createBuildProject, invoke } from './project.js';

// Each application imports `set.ts` before `read.ts`, which the lazy module imports, too: a bundler puts it into a file
// that is loaded before the handler's.
const app = (imports: string, created: string) => `
  ${imports}
  import { value } from './read.js';
  import { Controller, Get, LambdaApplication, lazy, Module } from 'lambent';
  @Controller('/') class Root { @Get() get() { return value; } }
  @Module({ controllers: [Root], imports: [lazy('lazy', () => import('./lazy.js').then((all) => all.LazyModule))] })
  class AppModule {}
  ${created}`;
const created = 'export const { handler } = LambdaApplication.create(AppModule);';
const awaited = 'export const { handler } = await LambdaApplication.create(AppModule).ready();';

const sources = {
  'src/set.ts': "(globalThis as { wanted?: string }).wanted = 'set';",
  'src/read.ts': "export const value = (globalThis as { wanted?: string }).wanted ?? 'read too early';",
  'src/lazy.ts': `
    import { Controller, Get, Module } from 'lambent';
    import { value } from './read.js';
    @Controller() class Lazy { @Get() get() { return value; } }
    @Module({ controllers: [Lazy] }) export class LazyModule {}`,
  'node_modules/setting/package.json': '{ "name": "setting", "type": "module", "main": "index.js" }',
  'node_modules/setting/index.js': "globalThis.wanted = 'set';",
  'node_modules/old-setting/package.json': '{ "name": "old-setting", "main": "index.js" }',
  'node_modules/old-setting/index.js': "globalThis.wanted = 'set'; exports.done = true;",
  'src/plain.ts': app("import './set.js';", created),
  'src/package.ts': app("// @ts-ignore\nimport 'setting';", created),
  'src/commonjs.ts': app("// @ts-ignore\nimport 'old-setting';", created),
  'src/waits.ts': app("import './set.js';", awaited),
  'src/inner/waits.ts': app("import '../set.js';", awaited).replaceAll("'./", "'../"),
  'src/waitsInside.ts': "export { handler } from './inner/waits.js';",
  'src/between.ts': "export { handler } from './inner/waits.js';\nexport const between = { is: 'between' };",
  'src/waitsBehind.ts':
    "import { between, handler as inner } from './between.js';\nexport const handler = between && inner;",
  'src/one.ts': app("import './set.js';", created),
  'src/two.ts': app('', created),
};

const builds = {
  plain: { entry: 'src/plain.ts' },
  plainUnplanned: { entry: 'src/plain.ts', plan: false },
  package: { entry: 'src/package.ts' },
  commonjs: { entry: 'src/commonjs.ts' },
  waits: { entry: 'src/waits.ts' },
  waitsInside: { entry: 'src/waitsInside.ts' },
  waitsBehind: { entry: 'src/waitsBehind.ts' },
  one: { entry: ['src/one.ts', 'src/two.ts'] },
} as const;

let project: BuildProject;

beforeAll(async () => {
  project = await createBuildProject(builds, sources);
});

afterAll(() => {
  if (project) rmSync(project.folder, { recursive: true, force: true });
});

test.each([
  ['plain', 'plain'],
  ['plainUnplanned', 'plain'],
  ['package', 'package'],
  ['commonjs', 'commonjs'],
  ['waits', 'waits'],
  ['waitsInside', 'waitsInside'],
  ['waitsBehind', 'waitsBehind'],
  ['one', 'one'],
] as const)('the modules of %s are evaluated in the order of their imports', async (name, file) => {
  expect(project.built[name]!.failure).toBeUndefined();
  expect(project.built[name]!.warnings).toEqual([]);
  const outcomes = await invoke(join(project.bundles, name, `${file}.mjs`), [{ url: '/' }, { url: '/lazy' }]);
  expect(outcomes.map(({ answer }) => answer.body)).toEqual(['"set"', '"set"']);
  expect(outcomes.flatMap(({ log }) => log.filter(({ level }) => level === 'warning'))).toEqual([]);
});

test('the order takes no more code where one handler needs it', () => {
  const [plain, two] = [project.built['plain']!, project.built['one']!];
  expect(plain.startBytes).toBeLessThan(two.startBytes);
  expect(plain.files.filter(({ role }) => role !== 'lazy').map(({ name }) => name)).toEqual(
    expect.arrayContaining(['plain.mjs', 'shared.mjs']),
  );
});

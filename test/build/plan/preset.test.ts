import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../integration/formats/project.js';
import { type BuildProject, createBuildProject, invoke } from '../project.js';

const app = (imports: string, prefix: string, more = '') => `
import { Controller, Get, Injectable, LambdaApplication, Module } from 'lambent';
${imports}
@Injectable() class Missing {}
@Controller(${prefix}) class Root { @Get() get() { return 'hello'; } }
@Controller('other') class Other { ${more} @Get() get() { return 'other'; } }
@Module({ controllers: process.env['OTHER'] ? [Root, Other] : [Root] }) class AppModule {}
export const { handler } = LambdaApplication.create(AppModule);`;

/** Makes the bundler share a module with code that is loaded on demand. */
const EARLY = "\nexport const later = () => import('./later.js');";

const sources = {
  'src/plain.ts': app('', "'plain'"),
  'src/streams.ts': `${app('', "'streams'")}
declare const awslambda: { streamifyResponse<H>(handler: H): H };
export const streamed = awslambda.streamifyResponse(handler);`,
  'src/prefix.ts': "export default 'aliased';",
  'src/virtual.ts': app("// @ts-ignore\nimport prefix from 'virtual:prefix';", 'prefix'),
  'src/aliased.ts': app("// @ts-ignore\nimport prefix from '@prefix';", 'prefix'),
  'src/mistaken.ts': app('', "'mistaken'", 'constructor(readonly missing: Missing) {}')
    .replace('? [Root, Other]', '? [Root]')
    .replace(': [Root]', ': [Root, Other]'),
  'src/early.ts': app("import './set.js';\nimport value from './read.js';", 'value') + EARLY,
  'src/later.ts': "export { default } from './read.js';\nexport const more = 1;",
  'src/set.ts': "(globalThis as { wanted?: string }).wanted = 'set';",
  'src/read.ts': "export default (globalThis as { wanted?: string }).wanted ?? 'unset';",
  'src/waits.ts': `${app('', "'waits'")}\nif (!process.env['LAMBDA_TASK_ROOT']) await new Promise(() => undefined);`,
};

const cases = {
  plain: {},
  streams: {},
  unplanned: { options: { entry: 'src/plain.ts', plan: false } },
  virtual: { more: ['plugin'] },
  aliased: { more: ['alias'] },
  mistaken: {},
  mistakenUnplanned: { options: { entry: 'src/mistaken.ts', plan: false } },
  mistakenWatched: { options: { entry: 'src/mistaken.ts' }, more: ['watch'] },
  waits: {},
  early: {},
} as const satisfies Record<string, { options?: object; more?: readonly string[] }>;

type Name = keyof typeof cases;

interface Bundled {
  readonly counts: { readonly starts: number; readonly bundles: number };
  readonly warnings: readonly string[];
  readonly failure?: string;
}

let project: BuildProject;
let bundled: Readonly<Record<Name, Bundled>>;

beforeAll(async () => {
  project = await createBuildProject({}, sources);
  const cwd = join(project.folder, 'project');
  const list = join(project.folder, 'presets.json');
  const all = Object.entries<{ options?: object; more?: readonly string[] }>(cases);
  const given = all.map(([name, { options, more }]) => ({
    options: { entry: `src/${name}.ts`, cwd, outDir: join(project.bundles, name), ...options },
    more,
  }));
  writeFileSync(list, JSON.stringify(given));
  const outcomes = JSON.parse(await run([join(__dirname, 'rolldown.mjs'), list])) as Bundled[];
  bundled = Object.fromEntries(all.map(([name], index) => [name, outcomes[index]!])) as typeof bundled;
});

afterAll(() => {
  if (project) rmSync(project.folder, { recursive: true, force: true });
});

/** Sends a request to a bundle: the answer, and what the start has warned of. */
async function get(name: Name, url: string, env: Readonly<Record<string, string>> = {}) {
  const entry = join(project.bundles, name, `${name === 'unplanned' ? 'plain' : name}.mjs`);
  const [outcome] = await invoke(entry, [{ url }], '', env);
  const { answer, log } = outcome!;
  const warnings = log.filter(({ level, type }) => level === 'warning' && type !== 'access');
  return { body: answer.body, warnings: warnings.map(({ message }) => String(message)) };
}

test('the global of the Lambda runtime exists while the build plans', () => {
  expect(bundled.streams).toMatchObject({ warnings: [] });
});

test.each([
  ['plain', '/plain'],
  ['virtual', '/virtual'],
] as const)(
  '%s is planned by the preset, and plans anew where something else comes of its modules',
  async (name, url) => {
    expect(bundled[name]).toMatchObject({ warnings: [] });
    expect(await get(name, url)).toEqual({ body: '"hello"', warnings: [] });
    const other = await get(name, '/other', { OTHER: 'yes' });
    expect(other).toEqual({ body: '"other"', warnings: [expect.stringContaining('module.controllers of AppModule')] });
  },
);

test('a plugin of the user works for the plan, but starts and writes once', () => {
  expect(bundled.virtual.counts).toEqual({ starts: 1, bundles: 1 });
});

test('without a plan, each start plans', async () => {
  expect(bundled.unplanned.warnings).toEqual([]);
  expect(await get('unplanned', '/other', { OTHER: 'yes' })).toEqual({ body: '"other"', warnings: [] });
});

test('what cannot be planned is planned at each start, and rolldown warns', async () => {
  expect(bundled.aliased.failure).toBeUndefined();
  expect(bundled.aliased.warnings).toEqual([expect.stringMatching(/cannot be bundled for planning: .*@prefix/s)]);
  expect(await get('aliased', '/aliased')).toEqual({ body: '"hello"', warnings: [] });
  expect(bundled.waits.warnings).toEqual([
    expect.stringContaining('waits is planned at each start, because a module waits at its top level'),
  ]);
});

test('an error of the bootstrap fails the bundle, unless nothing is planned', () => {
  expect(bundled.mistaken.failure).toContain('Other in AppModule needs Missing');
  expect(bundled.mistakenUnplanned).toMatchObject({ warnings: [] });
  expect(bundled.mistakenUnplanned.failure).toBeUndefined();
  expect(bundled.mistakenWatched.failure).toBeUndefined();
});

test('rolldown warns of a module that is evaluated before what the sources import first', () => {
  expect(bundled.early.warnings).toEqual([
    expect.stringMatching(/src.read\.ts is evaluated before .*src.set\.ts.*strictExecutionOrder/),
  ]);
});

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from '../../../src/build/build-options.js';
import { repository } from '../../package/manifest.js';
import { type BuildProject, createBuildProject, invoke } from '../project.js';

/** An application whose root module imports `imports`. */
const app = (imports: string, more = '', options = '') => `
import { Controller, forwardRef, Get, lazy, LambdaApplication, Module } from 'lambent';
${more}
@Module({ imports: [${imports}] }) class AppModule {}
export const { handler } = LambdaApplication.create(AppModule, {${options}});`;

const load = (prefix: string, file: string, name: string) =>
  `lazy('${prefix}', () => import('./${file}.js').then((all) => all.${name}))`;

/** A file with a module that has one route, which counts its calls. */
const counting = (name: string, route: string, imports = '') => `
import { Controller, Get, Injectable, Module, Param, Version } from 'lambent';
import { Order } from './order.js';
${imports ? "import { shared } from './shared.js';" : ''}
@Injectable() export class ${name}Count { value = 0; }
@Controller() class ${name} {
  constructor(readonly count: ${name}Count) {}
  ${route} get(@Param() _order: Order) { return ['${name}', ++this.count.value]; }
}
@Module({ imports: [${imports}], controllers: [${name}], providers: [${name}Count] }) export class ${name}Module {}`;

/** A file with a module that has one route with a body. */
const taking = (name: string, classes: string) => `
import { IsInt, IsOptional } from 'class-validator';
import { Body, Controller, Module, Post } from 'lambent';
${classes}
@Controller() class Taking { @Post() take(@Body() order: Order) { return ['${name}', order instanceof Order]; } }
@Module({ controllers: [Taking] }) export class ${name}Module {}`;

const OUT_OF_REACH = `
  class Held { readonly module = Held; readonly providers = [{ provide: 'made', useFactory: () => 'made' }]; }
  const held = forwardRef(() => new Held() as any);`;

const sources = {
  'src/order.ts': "import { IsInt } from 'class-validator';\nexport class Order { @IsInt() id!: number; }",
  'src/one.ts': counting('One', "@Get('orders/:id')"),
  'src/two.ts': counting('Two', "@Get('orders/{key}')"),
  'src/versioned.ts': counting('Versioned', "@Get('orders/:id') @Version('2')"),
  'src/shared.ts': `import { lazy } from 'lambent';\nexport const shared = ${load('shared', 'one', 'OneModule')};`,
  'src/outer.ts': counting('Outer', "@Get('outer')", 'shared'),
  'src/hidden.ts': `${OUT_OF_REACH.replace('forwardRef', '((forwardRef: any) => ({ forwardRef }))')}
    import { lazy, Module } from 'lambent';
    @Module({ imports: [held, ${load('below', 'broken', 'BrokenModule')}] }) export class HiddenModule {}`,
  'src/broken.ts': `import { Controller, Module } from 'lambent';
    class Missing {}
    @Controller() class Broken { constructor(readonly missing: Missing) {} }
    @Module({ controllers: [Broken] }) export class BrokenModule {}`,

  'src/shares.ts': taking('Shares', "import { Order } from './order.js';"),
  'src/sharesToo.ts': taking('SharesToo', "import { Order } from './order.js';"),
  'src/own.ts': taking(
    'Own',
    `const mixed = () => { class Mixed { @IsInt() own!: number; } return Mixed; };
     const [, , Fourth] = [mixed(), mixed(), mixed(), mixed()];
     class Order extends Fourth! {}`,
  ),
  'src/alike.ts': taking('Alike', 'class Order { @IsInt() id!: number; }'),
  'src/both.ts': taking(
    'Both',
    "import { Order as Base } from './order.js';\nclass Order extends Base { @IsOptional() more?: number; }",
  ),
  'src/namesakes.ts': app(
    ['Shares', 'SharesToo', 'Own', 'Alike', 'Both']
      .map((name) => load(name, name[0]!.toLowerCase() + name.slice(1), `${name}Module`))
      .join(),
  ),

  'src/siblings.ts': app([load('a', 'one', 'OneModule'), load('/a/', 'two', 'TwoModule')].join()),
  'src/prefixes.ts': app([load('t/:t', 'one', 'OneModule'), load('t/{u}', 'two', 'TwoModule')].join()),
  'src/cousins.ts': app(
    [load('', 'outer', 'OuterModule'), load('shared', 'two', 'TwoModule')].join(),
    '',
    "versioning: { type: 'header', name: 'x-version' }",
  ),
  'src/versions.ts': app(
    [load('a', 'one', 'OneModule'), load('a', 'versioned', 'VersionedModule')].join(),
    '',
    "versioning: { type: 'header', name: 'x-version' }",
  ),
  'src/unwritten.ts': app(`held, ${load('a', 'broken', 'BrokenModule')}`, OUT_OF_REACH),
  'src/unwrittenLazily.ts': app(load('a', 'hidden', 'HiddenModule')),
  'src/unwrittenAmongOthers.ts': app('held', OUT_OF_REACH)
    .concat(`\n@Module({ imports: [AppModule, (() => 1) as any] }) class OtherModule {}
    export const other = LambdaApplication.create(OtherModule);`),
  'src/several.ts': app(
    [load('a', 'broken', 'BrokenModule'), load('b', 'one', 'OneModule'), load('b', 'two', 'TwoModule')].join(),
  ),
  'src/placed.ts': app(
    `shared, ${load('outer', 'outer', 'OuterModule')}, ${load('again', 'outer', 'OuterModule')}, Other`,
    "import { shared } from './shared.js';\n@Module({ imports: [shared] }) class Other {}",
  ),
  'src/pending.ts': app(
    `lazy('forever', () => new Promise<never>(() => undefined)), ${load('waiting', 'waiting', 'WaitingModule')}`,
  ),
  'src/malformed.ts': app("lazy('a/:', () => Promise.reject(new Error('no secret')))"),
  'src/recursive.ts': app(load('a', 'recursion', 'RecursiveModule')),
  'src/recursion.ts': `import { lazy, Module } from 'lambent';
    @Module({ imports: [lazy('b', async () => RecursiveModule)] }) export class RecursiveModule {}`,
  'src/consuming.ts': app(load('jobs', 'jobs', 'JobsModule')),
  'src/jobs.ts': `import { Module, OnSqs } from 'lambent';
    class Jobs { @OnSqs('jobs') run() {} }
    @Module({ providers: [Jobs] }) export class JobsModule {}`,
  'src/waiting.ts': `import { Module } from 'lambent';
    if (!process.env['LAMBDA_TASK_ROOT']) await new Promise(() => undefined);
    @Module({}) export class WaitingModule {}`,
};

const names = [
  'siblings',
  'prefixes',
  'cousins',
  'versions',
  'unwritten',
  'unwrittenLazily',
  'unwrittenAmongOthers',
  'several',
  'placed',
  'namesakes',
  'pending',
  'malformed',
  'consuming',
  'recursive',
] as const;

let project: BuildProject;

beforeAll(async () => {
  if (!existsSync(join(repository, 'dist'))) throw new Error('This test runs the build: run `npm run build` first.');
  const builds = names.map((name): [string, BuildOptions] => [name, { entry: `src/${name}.ts` }]);
  project = await createBuildProject(Object.fromEntries(builds), sources);
});

afterAll(() => {
  if (project) rmSync(project.folder, { recursive: true, force: true });
});

const failureOf = (name: (typeof names)[number]): string | undefined => project.built[name]!.failure?.message;

test.each([
  [
    'siblings',
    'One.get in OneModule (lazy("a")) and Two.get in TwoModule (lazy("a")) both handle GET: some path matches ' +
      '"/a/orders/:id" and "/a/orders/{key}", and neither is more specific. Change the method, path or version of one.',
  ],
  ['prefixes', 'One.get in OneModule (lazy("t/:t")) and Two.get in TwoModule (lazy("t/{u}")) both handle GET'],
  ['cousins', 'One.get in OneModule (lazy("shared")) and Two.get in TwoModule (lazy("shared")) both handle GET'],
])('routes that two lazy modules have fail the build: %s', (name, message) => {
  expect(failureOf(name as (typeof names)[number])).toContain(message);
});

test('routes of different versions are no duplicates', () => {
  expect(failureOf('versions')).toBeUndefined();
});

test.each(['unwritten', 'unwrittenLazily', 'unwrittenAmongOthers'] as const)(
  'mistakes fail the build, though another plan cannot be written: %s',
  (name) => {
    expect(failureOf(name)).toMatch(/Missing|imports\[1\] of OtherModule/);
  },
);

test('a malformed prefix fails the build, though its module cannot be imported', () => {
  expect(failureOf('malformed')).toContain('lazy("a/:"): the path "/a/:"');
});

test('a consumer in a lazy module fails the build', () => {
  expect(failureOf('consuming')).toMatch(/Jobs\.run would get no events.*\(in lazy\("jobs"\)\)$/s);
});

test('a lazy module below itself fails the build', () => {
  expect(failureOf('recursive')).toMatch(/lazy\("a\/b"\) loads imports it lazily again.*\(in lazy\("a\/b"\)\)$/s);
});

test('of several mistakes, the first is reported', () => {
  expect(failureOf('several')).toMatch(/Missing.*\(in lazy\("a"\)\)$/s);
});

/** What the process plans fails from then on. */
function removePlanner(name: string): void {
  const folder = join(project.bundles, name);
  for (const file of readdirSync(folder)) if (file.includes('late-planner')) rmSync(join(folder, file));
}

test('a lazy module under several prefixes is planned in the build for each, and made once', async () => {
  expect(failureOf('placed')).toBeUndefined();
  removePlanner('placed');
  const all = ['/shared', '/outer/shared', '/again/shared'].map((prefix) => `${prefix}/orders/1`);
  for (const urls of [all, all.toReversed()]) {
    const outcomes = await invoke(
      join(project.bundles, 'placed/placed.mjs'),
      [...urls, '/shared/nothing', '/outer/shared/nothing'].map((url) => ({ url })),
    );
    expect(outcomes.map(({ answer }) => answer.body)).toEqual([
      '["One",1]',
      '["One",2]',
      '["One",3]',
      ...Array(2).fill('{"detail":"Not Found"}'),
    ]);
  }
});

test.each(['Own Alike Shares SharesToo Both', 'Alike Both Own SharesToo Shares', 'Shares Own Both SharesToo Alike'])(
  'classes that lazy modules share are no others of the same name, loaded in the order %s',
  async (order) => {
    removePlanner('namesakes');
    const requests = order
      .split(' ')
      .map((name) => ({ method: 'POST', url: `/${name}`, payload: { id: 1, own: 1, more: 1 } }));
    const outcomes = await invoke(join(project.bundles, 'namesakes/namesakes.mjs'), requests);
    expect(outcomes.map(({ answer }) => answer.body)).toEqual(order.split(' ').map((name) => `["${name}",true]`));
  },
);

test('the report names lazy modules by their whole prefixes, and what they share once', () => {
  const [plan] = project.built['placed']!.plan;
  const items = plan!.items.filter(({ kind }) => kind !== 'route').map(({ kind, name }) => `${kind} ${name}`);
  expect(items.toSorted()).toEqual([
    'dto Order',
    ...['again', 'again/shared', 'outer', 'outer/shared', 'shared'].map((name) => `lazy ${name}`),
  ]);
});

test('a function that waits for ever says what it may wait for', () => {
  const reasons = project.built['pending']!.plan[0]!.items.map(({ name, reason }) => [name, reason]);
  const expected = expect.stringMatching(/^the promise of its function never settles: .* app\.runAsync/);
  expect(reasons).toEqual([
    ['forever', expected],
    ['waiting', expected],
  ]);
});

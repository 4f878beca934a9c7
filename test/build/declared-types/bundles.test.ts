import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../package/manifest.js';
import { type BuildProject, createBuildProject, invoke } from '../project.js';

const dto = `
  import { IsString } from 'class-validator';
  export class Cat { @IsString() name!: string; /** How old. 🎂 */ age?: number | null; }`;
const handler = (name: string, module: string, more = '') => `
  import 'reflect-metadata';
  import { Controller, LambdaApplication, Module, Post } from 'lambent';
  import { Cat } from './cat.js';
  ${more}
  @Controller() class Cats { @Post() async add(cat: Cat): Promise<Cat[]> { return [cat]; } }
  @Module({ controllers: [Cats]${module} }) class ${name} {}
  export const { handler } = LambdaApplication.create(${name});`;
const shop =
  "import { OpenApiModule } from 'lambent/openapi'; export const api = OpenApiModule.forRoot({ title: 'Cats', version: '1' });";

const sources = {
  'src/cat.ts': dto,
  'src/plain.ts': handler('Plain', ''),
  'src/shop/api.ts': shop,
  'src/documented.ts': handler('Documented', ', imports: [api]', "import { api } from './shop/api.js';"),
  'src/packaged.ts': handler('Packaged', ', imports: [api]', "import { api } from 'our-api';"),
  'node_modules/our-api/package.json':
    '{ "name": "our-api", "type": "module", "exports": "./index.js", "peerDependencies": { "lambent": "*" } }',
  'node_modules/our-api/index.js': shop,
  // What is strange in types, or missing, is the bundler's to tell, or nobody's.
  'src/strange.ts': `
    import 'reflect-metadata';
    import { Controller, Get, LambdaApplication, Module } from 'lambent';
    import { OpenApiModule } from 'lambent/openapi';
    import { Nothing, Missing } from './nothing.js';
    import { Somebody } from 'types-of-nobody';
    import type * as all from './nothing.js';
    type Loop = Loop | string; type Pair<A> = [A, A]; type Deep = { [key: string]: Deep }[];
    declare class Declared { x: string }
    export class Odd<T extends Odd<T>> { self!: T; pair!: Pair<T>; deep!: Deep; loop!: Loop; all!: all.Nothing; declared!: Declared; '__proto__'!: string; 'a-b'?: \`x\${string}\`; 5!: unique symbol; [Symbol.iterator]!: string; fn!: () => void; cond!: T extends string ? 1 : 2; }
    @Controller() class Strange {
      @Get() async get(): Promise<Nothing | Missing> { return {} as never; }
      @Get('somebody') somebody(): Promise<Somebody> { return {} as never; }
      @Get('odd') odd(): Promise<Odd<never>> { return {} as never; }
      @Get('any') any(this: Strange): Promise<any[]> { return {} as never; }
    }
    @Module({ controllers: [Strange], imports: [OpenApiModule.forRoot({ title: 'Strange', version: '1' })] }) class AppModule {}
    export const { handler } = LambdaApplication.create(AppModule);`,
  'src/nothing.ts': 'export interface Nothing { x: string }\nexport type Missing = string;',
  'src/broken.ts':
    "import { Get } from 'lambent';\nimport { OpenApiModule } from 'lambent/openapi';\nclass A { @Get() get(: string { }\nexport const handler = OpenApiModule;",
};

const builds = {
  plain: { entry: 'src/plain.ts', minify: false },
  documented: { entry: 'src/documented.ts' },
  commonjs: { entry: { documented: 'src/documented.ts' }, format: 'cjs' },
  packaged: { entry: 'src/packaged.ts' },
  strange: { entry: 'src/strange.ts' },
  broken: { entry: 'src/broken.ts' },
} as const;

let project: BuildProject;

beforeAll(async () => {
  if (!existsSync(join(repository, 'dist'))) throw new Error('This test bundles the build: run `npm run build` first.');
  project = await createBuildProject(builds, sources);
});

afterAll(() => {
  if (project) rmSync(project.folder, { recursive: true, force: true });
});

function codeOf(name: keyof typeof builds): string {
  const { failure } = project.built[name]!;
  if (failure) throw new Error(failure.message);
  const folder = join(project.bundles, name);
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
}

async function documentOf(name: keyof typeof builds, entry: string) {
  const [outcome] = await invoke(join(project.bundles, name, entry), [{ method: 'GET', url: '/openapi.json' }]);
  return JSON.parse(outcome!.answer.body) as {
    paths: Record<string, { get: { responses: object } }>;
    components: { schemas: Record<string, object> };
  };
}

/** What makes documents looks for them by the same name. */
function added(name: keyof typeof builds): boolean {
  return /static ?\[?["'`]lambent:types["'`]\]?\(\)/.test(codeOf(name));
}

test('types are added where the application makes a document, itself or by a package, and nowhere else', () => {
  expect(Object.fromEntries((['plain', 'documented', 'packaged'] as const).map((name) => [name, added(name)]))).toEqual(
    {
      plain: false,
      documented: true,
      packaged: true,
    },
  );
});

test.each([
  ['documented', 'documented.mjs'],
  ['commonjs', 'documented.cjs'],
] as const)('a bundle serves what its sources say, minified: %s', async (name, entry) => {
  const { components } = await documentOf(name, entry);
  expect(components.schemas['Cat']).toEqual({
    type: 'object',
    properties: { name: { type: 'string' }, age: { type: ['number', 'null'], description: 'How old. 🎂' } },
    required: ['name'],
  });
});

const json = (schema: object) => ['200', { description: 'OK', content: { 'application/json': { schema } } }];

test('types that say nothing, or are not there, break nothing', async () => {
  expect(project.built['strange']!.failure).toBeUndefined();
  expect(project.built['strange']!.warnings).toEqual([]);
  const { paths } = await documentOf('strange', 'strange.mjs');
  const success = Object.values(paths).map(({ get }) => Object.entries(get.responses)[0]);
  expect(success).toEqual([json({}), json({}), json({}), json({ type: 'array', items: {} })]);
});

test('what is wrong in a source is told as ever', () => {
  expect(project.built['broken']!.failure?.message).toContain('broken.ts');
});

import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Workshop } from '../workshop.js';
import { HANDLER, findingsIn, madeProject, tsconfig, wrongWith } from './made-project.js';

jest.mock('rolldown/utils', () =>
  jest.requireActual<typeof import('../native-module.js')>('../native-module.js').nativeModule('rolldown/utils'),
);

const scripts = (start: string) => ({ 'package.json': JSON.stringify({ type: 'module', scripts: { start } }) });

const takes = (name: string) => JSON.stringify({ dependencies: { [name]: '*' } });

const template = (runtime: string) => `Resources:\n  Api:\n    Properties:\n      Runtime: ${runtime}\n`;

test('a sound project has no findings', async () => {
  const { exitCode, printed } = await madeProject().call('doctor');
  expect([exitCode, printed]).toEqual([
    0,
    expect.stringMatching(/^No mistakes found in .*"lambent routes" checks modules, providers and routes\.$/),
  ]);
});

test('a finding says what is wrong, why, and what to change, and the exit code is 1', async () => {
  const project = madeProject({ 'tsconfig.json': tsconfig({ emitDecoratorMetadata: false }) });
  const { exitCode, printed, complained } = await project.call('doctor');
  expect(printed).toBe(
    [
      'error: tsconfig.json does not set "emitDecoratorMetadata".',
      '  Without it, the compiler emits no types for dependency injection and validation.',
      '  Add "emitDecoratorMetadata": true to compilerOptions.',
    ].join('\n'),
  );
  expect([exitCode, complained]).toEqual([1, '1 error found.']);
});

test('warnings alone leave the exit code 0', async () => {
  const { exitCode, printed } = await madeProject({ 'biome.json': '{}' }).call('doctor');
  expect([exitCode, printed]).toEqual([0, expect.stringMatching(/^warning: Biome's rule useImportType is on\./)]);
});

test('JSON has all parts of each finding', async () => {
  const findings = await findingsIn(madeProject({ '.nvmrc': '18' }));
  expect(findings).toEqual([
    {
      level: 'error',
      what: '.nvmrc asks for Node 18.',
      why: 'Lambent needs Node 20.',
      change: 'Write 22 there.',
    },
  ]);
});

test.each([
  ['{,}', 'Cannot read package.json: Expected'],
  ['[]', 'Cannot read package.json: it is not a JSON object.'],
])('the package.json %s is told without a stack', async (text, message) => {
  const { exitCode, printed, complained } = await madeProject({ 'package.json': text }).call('doctor');
  expect([exitCode, printed]).toEqual([1, '']);
  expect(complained).toContain(message);
  expect(complained).not.toMatch(/^ +at /m);
});

test('the package.json of an installed package that cannot be parsed is named', async () => {
  const files = { 'node_modules/vitest/package.json': '{ "name": ' };
  const { complained } = await madeProject(files).call('doctor');
  expect(complained).toMatch(/^Cannot read \S+node_modules\/vitest\/package\.json: /);
});

describe('the compiler', () => {
  test.each([
    ['an empty tsconfig.json', '{}', ['"experimentalDecorators"', '"emitDecoratorMetadata"']],
    ['an option that is missing', tsconfig({ experimentalDecorators: undefined }), ['"experimentalDecorators"']],
    ['an option that is inherited', '{ "extends": "./base.json", "include": ["src"] }', []],
    ['isolatedModules and verbatimModuleSyntax', tsconfig({ isolatedModules: true, verbatimModuleSyntax: true }), []],
    ['moduleResolution bundler', tsconfig({ module: 'esnext', moduleResolution: 'bundler' }), []],
    ['composite and incremental', tsconfig({ composite: true, incremental: true, declaration: true }), []],
  ])('%s', async (_, config, expected) => {
    const wrong = await wrongWith({ 'tsconfig.json': config, 'base.json': tsconfig({}) });
    expect(wrong.length).toBe(expected.length);
    expected.forEach((part, at) => expect(wrong[at]).toContain(part));
  });

  test('verbatimModuleSyntax in CommonJS', async () => {
    const files = {
      'package.json': '{ "name": "shop" }',
      'tsconfig.json': tsconfig({ verbatimModuleSyntax: true }),
    };
    expect(await wrongWith(files)).toEqual(['error: "verbatimModuleSyntax" is set in a project of CommonJS modules.']);
  });

  test.each(['preserve', 'ES2022', 'esnext'])('verbatimModuleSyntax with the ES modules of "%s"', async (module) => {
    const files = {
      'package.json': '{ "name": "shop" }',
      'tsconfig.json': tsconfig({ module, moduleResolution: 'bundler', verbatimModuleSyntax: true }),
    };
    expect((await wrongWith(files)).filter((line) => line.includes('verbatimModuleSyntax'))).toEqual([]);
  });

  test.each([
    ['{ "extends": "./nowhere.json" }', /: error TS\d+: .*nowhere\.json/],
    ['{,}', /: tsconfig\.json\(1,2\): error TS\d+/],
    [tsconfig({ emitDecoratorMetadata: 'yes' }), /'emitDecoratorMetadata' requires a value of type boolean/],
  ])('a tsconfig.json that is not valid: %s', async (config, mistake) => {
    const wrong = await wrongWith({ 'tsconfig.json': config });
    expect(wrong).toEqual([expect.stringMatching(/^error: tsconfig\.json is not valid: /)]);
    expect(wrong[0]).toMatch(mistake);
  });

  test('an old moduleResolution', async () => {
    const files = { 'tsconfig.json': tsconfig({ module: 'commonjs', moduleResolution: 'node10' }) };
    expect(await wrongWith(files)).toEqual([expect.stringMatching(/^warning: "moduleResolution" is "node(10)?"\.$/)]);
  });

  test('a tsconfig.json that is not there', async () => {
    const project = madeProject();
    rmSync(join(project.folder, 'tsconfig.json'));
    expect((await findingsIn(project)).map(({ what }) => what)).toEqual(['There is no tsconfig.json.']);
  });

  test('TypeScript that is not installed', async () => {
    const findings = await findingsIn(madeProject({}, ['typescript']));
    expect(findings.map(({ what }) => what)).toEqual(['TypeScript is not installed.']);
  });
});

describe('packages', () => {
  test('Lambent and rolldown that are missing', async () => {
    const project = madeProject({}, ['rolldown']);
    expect((await findingsIn(project)).map(({ level, what }) => `${level}: ${what}`)).toEqual([
      'warning: rolldown is not installed.',
    ]);
    rmSync(join(project.folder, 'node_modules/lambent'));
    expect((await findingsIn(project)).map(({ what }) => what)).toEqual(['lambent is not installed in the project.']);
  });

  test('a peer that is missing', async () => {
    const [first, ...others] = await findingsIn(madeProject({}, ['class-validator']));
    expect(first).toMatchObject({
      level: 'error',
      what: 'class-validator is not installed.',
      change: 'npm install "class-validator@>=0.14.0 <1"',
    });
    expect(others).toEqual([]);
  });

  test('a peer that is out of range, and another copy beside Lambent', async () => {
    const manifest = '{ "name": "tsyringe", "version": "3.0.0" }';
    const findings = await findingsIn(madeProject({ 'node_modules/tsyringe/package.json': manifest }, ['tsyringe']));
    expect(findings.map(({ what }) => what)).toEqual([
      'tsyringe 3.0.0 is installed, and Lambent takes ^4.8.0.',
      expect.stringMatching(/^There are 2 copies of tsyringe: .*tsyringe \(3\.0\.0\), .*tsyringe \(4\./),
    ]);
  });

  test.each(['tool', '@scope/tool'])(
    'a copy that %s has nested, for itself or for what it depends on',
    async (tool) => {
      const manifest = '{ "name": "class-validator", "version": "0.13.2" }';
      const found = [expect.stringMatching(/^error: There are 2 copies of class-validator: .*\(0\.13\.2\)/)];
      const project = { 'package.json': JSON.stringify({ type: 'module', dependencies: { [tool]: '*' } }) };
      const nested = { [`node_modules/${tool}/node_modules/class-validator/package.json`]: manifest };
      const own = { ...project, ...nested, [`node_modules/${tool}/package.json`]: takes('class-validator') };
      expect(await wrongWith(own)).toEqual(found);
      const inner = { [`node_modules/${tool}/node_modules/inner/package.json`]: takes('class-validator') };
      expect(await wrongWith({ ...own, ...inner, [`node_modules/${tool}/package.json`]: takes('inner') })).toEqual(
        found,
      );
    },
  );

  test('no copy that nothing loads: of another package in the workspace, or of a folder above', async () => {
    const outer = new Workshop({
      'package.json': '{}',
      'node_modules/lambent/package.json': '{ "version": "0.0.1" }',
      'node_modules/hoisted/package.json': '{ "version": "1.0.0" }',
    });
    const manifest = JSON.stringify({ type: 'module', dependencies: { hoisted: '*' } });
    const project = madeProject({ 'package.json': manifest });
    cpSync(project.folder, join(outer.folder, 'shop'), { recursive: true, verbatimSymlinks: true });
    const { printed } = await outer.call('doctor --json', { cwd: 'shop' });
    expect(JSON.parse(printed)).toEqual([]);
  });
});

describe('versions of Node', () => {
  test.each([
    ['nodejs18.x', ['error: template.yaml has the runtime nodejs18.x.']],
    ['nodejs20.x', ['warning: template.yaml has the runtime nodejs20.x.']],
    ['"nodejs24.x"', []],
    ['python3.13', []],
  ])('the runtime %s', async (runtime, expected) => {
    expect(await wrongWith({ 'template.yaml': template(runtime) })).toEqual(expected);
  });

  test('a runtime that differs from .nvmrc', async () => {
    expect(await wrongWith({ 'template.yaml': template('nodejs24.x'), '.nvmrc': 'v22.11.0\n' })).toEqual([
      'warning: .nvmrc has Node 22, and template.yaml nodejs24.x.',
    ]);
  });
});

describe('tools', () => {
  test.each([
    ['tsx watch src/main.ts', 'tsx'],
    ['esbuild src/handler.ts --bundle', 'esbuild'],
    ['node --experimental-strip-types src/main.ts', '--experimental-strip-types'],
  ])('the script %s', async (script, tool) => {
    expect(await wrongWith(scripts(script))).toEqual([`error: The script "start" runs sources with ${tool}.`]);
  });

  test.each(['tsc && node dist/main.js', 'esbuild dist/handler.js --bundle', 'lambent dev'])(
    'the script %s is fine',
    async (script) => {
      expect(await wrongWith(scripts(script))).toEqual([]);
    },
  );

  test('BuildMethod: esbuild in a template', async () => {
    const text = 'Resources:\n  Api:\n    Metadata:\n      BuildMethod: esbuild\n';
    expect(await wrongWith({ 'template.yaml': text })).toEqual(['error: template.yaml compiles with esbuild.']);
  });

  test('swc without types of decorators', async () => {
    const swcrc = { jsc: { parser: { syntax: 'typescript', decorators: true }, transform: { legacyDecorator: true } } };
    expect(await wrongWith({ '.swcrc': JSON.stringify(swcrc) })).toEqual([
      'error: .swcrc does not set "decoratorMetadata" for swc.',
    ]);
    const jest = "export default { transform: { '^.+\\\\.ts$': '@swc/jest' } };";
    expect(await wrongWith({ 'jest.config.js': jest })).toHaveLength(2);
  });

  test.each([
    ['7.1.0', '', ['error: Vitest compiles with esbuild, in Vite 7.1.0.']],
    ['7.1.0', "import swc from 'unplugin-swc';", []],
    ['8.0.2', '', []],
  ])('Vitest in Vite %s', async (version, config, expected) => {
    const files = {
      'node_modules/vitest/package.json': '{ "name": "vitest", "version": "4.0.0" }',
      'node_modules/vite/package.json': JSON.stringify({ name: 'vite', version }),
      'vitest.config.ts': config,
    };
    expect(await wrongWith(files)).toEqual(expected);
  });

  test.each([
    ['biome.json', '{ "linter": { "rules": { "style": { "useImportType": "off" } } } }', 0],
    ['biome.jsonc', '{ "linter": { "rules": { "style": { "useImportType": { "level": "warn" } } } } }', 1],
    ['.oxlintrc.json', '{ "rules": { "typescript/consistent-type-imports": "error" } }', 1],
    ['.oxlintrc.json', '{ "rules": { "typescript/consistent-type-imports": "off" } }', 0],
    ['eslint.config.mjs', "export default [{ rules: { '@typescript-eslint/consistent-type-imports': 'error' } }];", 1],
    ['eslint.config.mjs', "({ projectService: true }, { '@typescript-eslint/consistent-type-imports': 'error' })", 0],
  ])('%s with %s', async (path, text, count) => {
    expect(await wrongWith({ [path]: text })).toHaveLength(count);
  });
});

describe('sources', () => {
  test('a handler that does not exist, and one that is not exported', async () => {
    const project = madeProject({
      'package.json': '{ "type": "module", "lambent": { "functions": { "a": "src/a.ts" } } }',
    });
    expect((await findingsIn(project)).map(({ what }) => what)).toEqual([
      'src/a.ts, the source of the function "a", does not exist.',
    ]);
    expect(await wrongWith({ 'src/handler.ts': HANDLER.replace('{ handler }', '{ ready }') })).toEqual([
      'error: src/handler.ts does not export "handler".',
    ]);
  });

  test.each([
    ['import type { Orders } from', 'constructor(private readonly orders: Orders) {}', ['OrdersController']],
    ['import { type Orders } from', 'constructor(private readonly orders: Orders) {}', ['OrdersController']],
    ['import type { Orders } from', '@Post() create(@Body() orders: Orders) {}', ['OrdersController.create']],
    ['import type { Orders } from', 'constructor(@Inject(ORDERS) orders: Orders) {}', []],
    ['import type { Orders } from', 'total(orders: Orders) {}', []],
    ['import { Orders } from', 'constructor(private readonly orders: Orders) {}', []],
  ])('%s … %s', async (imported, member, expected) => {
    const files = {
      'src/app.module.ts': `import { Module } from 'lambent';
import './orders.controller.js';\n\n@Module({})\nexport class AppModule {}\n`,
      'src/orders.controller.ts': `import { Body, Controller, Inject, Post } from 'lambent';
${imported} './orders.js';\nconst ORDERS = 'o';\n@Controller()\nexport class OrdersController {\n  ${member}\n}\n`,
      'src/orders.ts': 'export class Orders {}\n',
    };
    expect(await wrongWith(files)).toEqual(
      expected.map(
        (of) =>
          `error: src/orders.controller.ts imports Orders with "import type", and ${of} has a parameter of that type.`,
      ),
    );
  });

  test.each([
    ['an interface', 'export interface Orders {}', 0],
    ['a type alias', 'export type Orders = string;', 0],
    ['an interface that is exported later', 'interface Orders {}\nexport type { Orders };', 0],
    ['an interface of another file', "export * from './orders/orders.js';", 0],
    ['a renamed interface of another file', "export { Many as Orders } from './orders/orders.js';", 0],
    ['a class of another file', "export { Shop as Orders } from './orders/orders.js';", 1],
    ['a class that merges with an interface', 'export class Orders {}\nexport interface Orders { id: string }', 1],
    ['files in a circle', "export * from './app.module.js';\nexport * from './orders.js';", 1],
  ])('a parameter whose type is %s', async (_, text, count) => {
    const files = {
      'src/app.module.ts': `import { Body, Controller, Module, Post } from 'lambent';
import type { Orders } from './orders.js';\n
@Controller()\nexport class OrdersController {\n  @Post() create(@Body() orders: Orders) {}\n}\n
@Module({})\nexport class AppModule {}\n`,
      'src/orders.ts': text,
      'src/orders/orders.ts': 'export interface Orders {}\nexport interface Many {}\nexport class Shop {}\n',
    };
    expect(await wrongWith(files)).toHaveLength(count);
  });

  test('a parameter whose decorator says what the value is, or may be an interface of a package', async () => {
    const files = {
      'src/app.module.ts': `import { Body, Controller, createParamDecorator, Get, Module, Post } from 'lambent';
import { CurrentUser, type RequestUser } from 'lambent/auth';
import type { Orders, Shop } from './orders.js';
import type { Sku } from 'skus';\n
const Open = createParamDecorator(() => 1);\n
@Controller()\nexport class OrdersController {
  @Get() me(@CurrentUser() user: RequestUser, @Open() shop: Shop) {}
  @Post() create(@Body() sku: Sku) {}\n}\n
@Module({})\nexport class AppModule {}\n`,
      'src/orders.ts': 'export class Orders {}\nexport class Shop {}\n',
    };
    expect(await wrongWith(files)).toEqual([]);
  });

  test.each([
    ["import { Request, Response } from 'express';", ['Request and Response from express']],
    ["import type { FastifyReply as Res } from 'fastify';", ['FastifyReply from fastify']],
    ["import { Router } from 'express';", []],
  ])('types of a server beside decorators: %s', async (line, imports) => {
    const source = `${line}\nimport { Module } from 'lambent';\n\n@Module({})\nexport class AppModule {}\n`;
    const expected = imports.map((each) => `warning: src/app.module.ts imports ${each}.`);
    expect(await wrongWith({ 'src/app.module.ts': source })).toEqual(expected);
    expect(await wrongWith({ 'src/app.module.ts': source.replace("'lambent'", "'other'") })).toEqual([]);
  });

  test('a class that is evaluated before reflect-metadata', async () => {
    const dto =
      "import { IsString } from 'class-validator';\n\nexport class Order {\n  @IsString()\n  id!: string;\n}\n";
    const early = { 'src/order.dto.ts': dto, 'src/handler.ts': `import './order.dto.js';\n${HANDLER}` };
    expect(await wrongWith(early)).toEqual(['error: src/order.dto.ts is evaluated before reflect-metadata.']);
    const first = { ...early, 'src/handler.ts': `import 'reflect-metadata';\n${early['src/handler.ts']}` };
    expect(await wrongWith(first)).toEqual([]);
  });
});

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, buildSettings } from '../../src/build/build-options.js';
import { circleOf } from '../../src/build/bundle.js';
import { repository } from '../package/manifest.js';
import { type BuildProject, type Built, createBuildProject, invoke, send } from './project.js';

/** Entities that import each other in a circle, with decorators on the classes and on their properties. */
function circle(size: number): Record<string, string> {
  const folder = `src/circle${size}`;
  const entity = (index: number) => `
    import { Type } from 'class-transformer';
    import { IsOptional, IsString, ValidateNested } from 'class-validator';
    import { Entity } from './entity.js';
    import { E${(index + 1) % size} } from './e${(index + 1) % size}.js';
    @Entity()
    export class E${index} {
      @IsString() name!: string;
      @IsOptional() @ValidateNested() @Type(() => E${(index + 1) % size}) next?: E${(index + 1) % size};
    }`;
  const handler = `
    import 'reflect-metadata';
    import { Body, Controller, LambdaApplication, Module, Post } from 'lambent';
    import { E0 } from './e0.js';
    @Controller() class Entities { @Post() depth(@Body() entity: E0) { return [entity, entity.next].map((one) => one?.constructor.name); } }
    @Module({ controllers: [Entities] }) class AppModule {}
    export const { handler } = LambdaApplication.create(AppModule);`;
  return {
    [`${folder}/entity.ts`]: 'export const Entity = () => (_: Function): void => undefined;',
    [`${folder}/handler.ts`]: handler,
    ...Object.fromEntries(Array.from({ length: size }, (_, index) => [`${folder}/e${index}.ts`, entity(index)])),
  };
}

const expressions = {
  expressionMember: 'export const Order = class { @mark sku!: string };',
  expressionMethod: 'export const mixin = (base: any) => { return class extends base { @mark go() {} }; };',
  expressionParameter: 'export const Orders = class Named { take(@mark order: object) {} };',
};

const sources = {
  ...circle(2),
  ...circle(5),
  // A class in a method of a class expression is declared, and may have decorators.
  'src/expressions.ts': `
    const mark = (..._: unknown[]): void => undefined;
    export const Plain = class { inner() { class Inner { @mark member!: string; } return Inner; } };
    export const handler = async () => new (new Plain().inner())();`,
  ...Object.fromEntries(
    Object.entries(expressions).map(([name, text]) => [
      `src/${name}.ts`,
      `declare const mark: any;\n${text}\nexport const handler = async () => 1;`,
    ]),
  ),
  'src/disposes.ts': `
    const log: string[] = [];
    const open = (name: string) => ({ name, [Symbol.dispose]: () => log.push('closed ' + name) });
    const openLater = (name: string) => ({ name, [Symbol.asyncDispose]: async () => log.push('closed ' + name) });
    using first = open('first');
    await using second = openLater('second');
    log.push('evaluated with ' + first.name + ', ' + second.name);
    export const handler = async () => { using third = open('third'); { await using fourth = openLater('fourth'); log.push(fourth.name); } log.push(third.name); return log; };`,
  'src/decorated.js':
    'const mark = () => {};\nexport class Order { @mark sku; }\nexport const handler = async () => 1;',
  'src/mentions.js': '// @mark is not used here\nexport const mail = "a, @b";\nexport const handler = async () => 1;',
  'src/absent.ts':
    "import 'left-pad-of-nobody';\nimport '@nestjs/swagger-of-nobody';\nexport const handler = async () => 1;",
  'src/tolerant.ts': "import { ask } from 'tolerant';\nexport const handler = async () => ask();",
  'node_modules/tolerant/package.json': '{ "name": "tolerant", "main": "index.js" }',
  'node_modules/tolerant/index.js': `
    const { sep } = require('path');
    const optional = () => { try { return require('faster-of-nobody'); } catch { return 'slower'; } };
    exports.ask = () => ({ statusCode: 200, body: [typeof sep, optional(), require('fs').existsSync(__dirname)].join(), later: () => require('rare-of-nobody') });`,
  'src/parts.ts': "export { used as handler } from 'parts';",
  'node_modules/parts/package.json': '{ "name": "parts", "type": "module", "main": "index.js", "sideEffects": false }',
  'node_modules/parts/index.js': "export { used } from './used.js';\nexport { unused } from './unused.js';",
  'node_modules/parts/used.js': "export const used = () => import('peer-of-used').catch(String);",
  'node_modules/parts/unused.js': "export const unused = () => import('peer-of-unused').catch(String);",
  'src/imports-legacy.ts': "export { handler } from '../legacy/old.mjs';",
  'legacy/old.mjs': 'export const handler = async () => 1;',
  'src/mapped.ts':
    "import { PartialType } from '@nestjs/mapped-types';\nexport const handler = async () => PartialType();",
  'node_modules/@nestjs/mapped-types/package.json': '{ "name": "@nestjs/mapped-types", "main": "index.js" }',
  'node_modules/@nestjs/mapped-types/index.js': 'exports.PartialType = () => 1;',
  'src/sdk.ts': "export { SQSClient as handler } from '@aws-sdk/client-sqs';",
};

const builds = {
  hello: { entry: 'src/hello.ts' },
  orders: { entry: { handler: 'src/orders/handler.ts' }, budget: 100 },
  inside: { entry: 'src/orders/handler.ts', sourcemaps: 'inside' },
  cjs: { entry: 'src/hello.ts', format: 'cjs', minify: false, sourcemaps: false },
  winston: { entry: 'src/winston.ts' },
  incomplete: { entry: 'src/incomplete.ts', plan: false },
  incompletePlan: { entry: 'src/incomplete.ts' },
  functions: { entry: ['src/hello.ts', 'src/orders/handler.ts'] },
  sdk: { entry: 'src/sdk.ts', runtimeSdk: true },
  tolerant: { entry: 'src/tolerant.ts' },
  mapped: { entry: 'src/mapped.ts' },
  circle2: { entry: 'src/circle2/handler.ts' },
  circle2cjs: { entry: 'src/circle2/handler.ts', format: 'cjs' },
  circle5: { entry: 'src/circle5/handler.ts' },
  circle5cjs: { entry: 'src/circle5/handler.ts', format: 'cjs' },
  parts: { entry: 'src/parts.ts' },
  absent: { entry: 'src/absent.ts' },
  disposes: { entry: 'src/disposes.ts' },
  disposesUnminified: { entry: 'src/disposes.ts', minify: false },
  decorated: { entry: 'src/decorated.js' },
  mentions: { entry: 'src/mentions.js' },
  expressions: { entry: 'src/expressions.ts' },
  expressionMember: { entry: 'src/expressionMember.ts' },
  expressionMethod: { entry: 'src/expressionMethod.ts' },
  expressionParameter: { entry: 'src/expressionParameter.ts' },
  overSources: { entry: 'src/hello.ts', outDir: 'src' },
  overImported: { entry: 'src/imports-legacy.ts', outDir: 'legacy' },
} as const satisfies Record<string, BuildOptions>;

let project: BuildProject;

beforeAll(async () => {
  if (!existsSync(join(repository, 'dist'))) throw new Error('This test runs the build: run `npm run build` first.');
  project = await createBuildProject(builds, sources);
});

afterAll(() => {
  if (project) rmSync(project.folder, { recursive: true, force: true });
});

const built = (name: keyof typeof builds): Built => project.built[name]!;
const pathIn = (...names: string[]): string => join(project.bundles, ...names);

const order = {
  customer: { name: 'Ada Lovelace', email: 'ada@example.com', age: 36 },
  lines: [{ sku: 'ABC-1234', quantity: 2, price: 4.5 }],
  express: true,
};

const has = (name: keyof typeof builds, text: string): boolean =>
  built(name).files.some((file) => readFileSync(pathIn(name, file.name), 'utf8').includes(text));

const budget = (options: object) => buildSettings({ entry: 'src/hello.ts', ...options }).budget;

const post = (url: string, payload: unknown) => ({ method: 'POST', url, payload });

describe('a bundle', () => {
  test('is one folder of ES modules, with its source maps beside it', () => {
    expect(readdirSync(pathIn('orders')).toSorted()).toEqual(
      built('orders')
        .files.map(({ name }) => name)
        .toSorted(),
    );
    expect(built('orders').files.every(({ name }) => /^[\w.-]+\.mjs$/.test(name))).toBe(true);
    expect(readdirSync(pathIn('orders-maps'))).toContain('handler.mjs.map');
  });

  test('answers, validates, injects and logs through winston as the application does', async () => {
    const [created, found, invalid, unknown] = await invoke(pathIn('orders/handler.mjs'), [
      post('/orders', order),
      { url: '/orders/1' },
      post('/orders', { ...order, customer: { ...order.customer, email: 'ada' } }),
      { url: '/orders/9' },
    ]);
    expect(created).toMatchObject({ answer: { statusCode: 201, body: '{"id":1,"total":9}' } });
    expect(created!.log).toMatchObject([
      { level: 'info', message: 'An order came in', order: 1 },
      { type: 'access', route: '/orders', status_code: 201, cold_start: true },
    ]);
    expect(JSON.parse(found!.answer.body)).toEqual({ id: 1, ...order });
    const detail = [{ loc: ['body', 'customer', 'email'], msg: 'email must be an email', type: 'isEmail' }];
    expect(invalid!.answer).toMatchObject({ statusCode: 422, body: JSON.stringify({ detail }) });
    expect(unknown!.answer).toMatchObject({ statusCode: 404, body: '{"detail":"There is no order 9"}' });
  });

  test('loads a lazy module from a file of its own when it is asked for', async () => {
    expect(built('orders').files).toContainEqual(expect.objectContaining({ name: 'reports.module.mjs', role: 'lazy' }));
    const [sales] = await invoke(pathIn('orders/handler.mjs'), [{ url: '/reports/sales' }]);
    expect(sales!.answer).toMatchObject({ statusCode: 200, body: '{"sales":"loaded when it was asked for"}' });
  });

  test.each(['orders', 'inside'])(
    'has the places of the sources in stacks where Node is told to read source maps (%s)',
    async (name) => {
      const [reserved] = await invoke(
        pathIn(name, 'handler.mjs'),
        [post('/orders/reservations', {})],
        '--enable-source-maps',
      );
      expect(reserved!.answer.thrown).toEqual({ name: 'StockFailure', message: 'The stock is out of reach' });
      expect(JSON.stringify(reserved!.log)).toContain('src/orders/orders.service.ts:28:');
    },
  );

  test('runs without its source maps, as on Lambda', async () => {
    mkdirSync(pathIn('lambda'));
    cpSync(pathIn('orders'), pathIn('lambda/task'), { recursive: true });
    const [reserved] = await invoke(
      pathIn('lambda/task/handler.mjs'),
      [post('/orders/reservations', {})],
      '--enable-source-maps',
    );
    expect(reserved!.answer.thrown?.name).toBe('StockFailure');
    expect(JSON.stringify(reserved!.log)).toContain('handler.mjs:');
  });

  test('keeps the names of classes, which messages tell', async () => {
    const [refused] = await invoke(pathIn('incomplete/incomplete.mjs'), [{ url: '/' }]);
    expect(refused!.answer.thrown?.name).toBe('BootstrapError');
    expect(refused!.answer.thrown?.message).toMatch(/StockService[^]*Warehouse|Warehouse[^]*StockService/);
  });

  test('is ASCII, of whose text V8 keeps a byte a character', () => {
    const names = built('orders').files.map(({ name }) => name);
    const texts = names.map((name) => readFileSync(pathIn('orders', name), 'latin1'));
    expect(texts.filter((text) => /[\u0080-\u00FF]/.test(text))).toEqual([]);
  });

  test('can be CommonJS', async () => {
    expect(readdirSync(pathIn('cjs')).every((name) => name.endsWith('.cjs') || name.endsWith('.json'))).toBe(true);
    const [created] = await invoke(pathIn('cjs/hello.cjs'), [post('/orders', { sku: 'abc', quantity: 2 })]);
    expect(created!.answer).toMatchObject({ statusCode: 201, body: '{"id":1,"sku":"abc","quantity":2}' });
    // As ES modules are, without saying it.
    for (const { name } of built('cjs').files)
      expect(readFileSync(pathIn('cjs', name), 'utf8')).toMatch(/^"use strict";/);
  });

  test.each([
    ['circle2', 'handler.mjs'],
    ['circle2cjs', 'handler.cjs'],
    ['circle5', 'handler.mjs'],
    ['circle5cjs', 'handler.cjs'],
  ] as const)('holds entities that import each other (%s)', async (name, file) => {
    const valid = { name: 'a', next: { name: 'b', next: { name: 'c' } } };
    const [accepted, refused] = await invoke(pathIn(name, file), [
      post('/', valid),
      post('/', { name: 'a', next: { name: 5 } }),
    ]);
    expect(accepted!.answer).toMatchObject({ statusCode: 200, body: '["E0","E1"]' });
    expect(refused!.answer).toMatchObject({ statusCode: 422, body: expect.stringContaining('["body","next","name"]') });
  });

  test('gives CommonJS packages what they call: require, __dirname, and an error for what is not installed', async () => {
    const [asked] = await invoke(pathIn('tolerant/tolerant.mjs'), [{ url: '/' }]);
    expect(asked!.answer.body).toBe('string,slower,true');
    expect(built('tolerant').warnings).toEqual([
      expect.stringMatching(/^rare-of-nobody is not installed and was left out. .*tolerant\/index\.js fails/),
    ]);
  });

  test.each(['disposes', 'disposesUnminified'] as const)('disposes of what is declared by using: %s', async (name) => {
    const event = { handler: 'handler', event: {} };
    const [, again] = await send(pathIn(name, 'disposes.mjs'), [event, event]);
    const once = ['fourth', 'closed fourth', 'third', 'closed third'];
    const evaluated = ['evaluated with first, second', 'closed second', 'closed first'];
    expect(again!.answer).toEqual([...evaluated, ...once, ...once]);
  });

  test('warns of packages that are not installed where what imports them is in the bundle', () => {
    expect(built('parts').warnings).toEqual([expect.stringMatching(/^peer-of-used is not installed/)]);
  });

  test.each((Object.keys(builds) as (keyof typeof builds)[]).map((name) => [name]))(
    'has no files that import each other (%s)',
    (name) => {
      // CommonJS loads what is lazy by require, too.
      if (built(name).failure || 'format' in builds[name]) return;
      const files = built(name).files.map(({ name: fileName }) => {
        const code = readFileSync(pathIn(name, fileName), 'utf8');
        const imports = [...code.matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+)["'`]/g)].map(
          ([, imported]) => imported!,
        );
        return { fileName, imports };
      });
      expect(files.some(({ imports }) => imports.length > 0) || files.length === 1).toBe(true);
      expect(circleOf(files)).toBeUndefined();
    },
  );

  test('holds several functions, which share what both need', async () => {
    const roles = built('functions').files.filter(({ role }) => role === 'entry');
    expect(roles.map(({ name }) => name).toSorted()).toEqual(['handler.mjs', 'hello.mjs']);
    expect(built('functions').bytes).toBeLessThan(1.2 * built('orders').bytes);
    expect(built('functions').startBytes).toBeLessThan(built('functions').bytes);
    for (const entry of ['hello.mjs', 'handler.mjs']) {
      const [missing] = await invoke(pathIn('functions', entry), [{ url: '/orders/7' }]);
      expect(missing!.answer).toMatchObject({ statusCode: 404, body: '{"detail":"There is no order 7"}' });
    }
  });
});

describe('winston, which is made lighter in a bundle,', () => {
  test('brings lines to formats and transports, also after a transport has failed', async () => {
    const [first, second] = await invoke(pathIn('winston/winston.mjs'), [{ url: '/lines' }, { url: '/lines' }]);
    expect(JSON.parse(first!.answer.body)).toEqual({
      told: ['SECOND, warning: second'],
      transports: ['Console', 'File', 'Http', 'Stream'],
    });
    const told = ['SECOND, warning: second', 'FIRST, info: first', 'SECOND, warning: second'];
    expect(JSON.parse(second!.answer.body)).toMatchObject({ told });
  });

  test('still colours levels, reads stacks and ends, with packages that are loaded then', async () => {
    const [crash] = await invoke(pathIn('winston/winston.mjs'), [{ url: '/crash' }]);
    expect(JSON.parse(crash!.answer.body)).toEqual({
      coloured: { level: '\u001B[32minfo\u001B[39m', message: '' },
      function: 'LinesController.crash',
    });
  });
});

describe('what the application does not use', () => {
  test('stays out: transports of winston, its copy of streams, phone numbers', () => {
    const names = built('orders').packages.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['the application', 'lambent', 'winston', 'class-validator']));
    for (const unused of ['readable-stream', '@so-ric/colorspace', 'libphonenumber-js', 'fecha'])
      expect(names).not.toContain(unused);
    expect(has('orders', 'tailable')).toBe(false);
    expect(has('winston', 'tailable')).toBe(true);
  });

  test('of the AWS SDK is left to the runtime on request', () => {
    expect(built('sdk').external).toEqual(['@aws-sdk/client-sqs']);
    expect(built('sdk').bytes).toBeLessThan(1000);
  });
});

describe('the report', () => {
  test('tells every file, and which package each byte is of', () => {
    const { bytes, zipBytes, files, packages } = built('orders');
    expect(files.reduce((sum, file) => sum + file.bytes, 0)).toBe(bytes);
    const ofPackages = packages.reduce((sum, { bytes: size }) => sum + size, 0);
    expect(Math.abs(ofPackages - bytes)).toBeLessThan(0.01 * bytes);
    expect(zipBytes).toBeGreaterThan(files.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0));
    expect(zipBytes).toBeLessThan(bytes / 2);
  });

  test('is printed, with a warning of what is over the budget and what brings it in', () => {
    const [summary, warning] = built('orders').lines;
    expect(summary).toMatch(/^\.\.\/bundles\/orders: \d+\.\d kB, as a zip \d+\.\d kB\n/);
    expect(summary).toMatch(/handler\.mjs +[\d.]+ kB +[\d.]+ kB gzip {2}handler\n/);
    expect(warning).toMatch(/^Warning: Startup loads [\d.]+ kB, over the budget of 100 kB/);
    const { files, startBytes } = built('orders');
    const loaded = files.filter(({ role }) => role !== 'lazy').map(({ bytes }) => bytes);
    expect(loaded.reduce((sum, bytes) => sum + bytes, 0)).toBe(startBytes);
    expect(files.map(({ role }) => role)).toContain('lazy');
    expect(warning).toMatch(/kB {2}src\/orders\/handler\.ts > lambent > class-validator/);
    expect(built('hello').lines).toHaveLength(1);
  });

  test('warns of a package that makes classes without rules of those with rules', () => {
    expect(built('mapped').warnings).toEqual([
      expect.stringMatching(/^Classes made by @nestjs\/mapped-types .* have no validation rules in a bundle/),
    ]);
  });

  test('has a budget for minified code alone, unless one is given', () => {
    expect([budget({}), budget({ minify: false }), budget({ minify: false, budget: 100 })]).toEqual([
      500,
      Infinity,
      100,
    ]);
  });
});

describe('a mistake', () => {
  test('in an import of the application fails the build, and says what to install', () => {
    expect(built('absent').failure?.name).toBe('BootstrapError');
    expect(built('absent').failure?.message).toContain('Not installed: left-pad-of-nobody (imported by ');
    expect(built('absent').failure?.message).toMatch(/instead of NestJS's packages is in .+coming-from\.md\.$/);
  });

  test.each(Object.keys(expressions) as (keyof typeof expressions)[])(
    'without decorators that it would lose is refused (%s)',
    (name) => {
      expect(built(name).failure?.message).toContain(`src/${name}.ts:2:`);
      expect(built(name).failure?.message).toContain('decorators in a class expression would be dropped');
    },
  );

  test('with decorators in a JavaScript file, which nothing would compile, is refused', () => {
    const message = /src\/decorated\.js:2:\d+: decorators are compiled in TypeScript files only/;
    expect(built('decorated').failure?.message).toMatch(message);
    expect(built('mentions').failure).toBeUndefined();
  });

  test('has the decorators of classes that are declared inside of class expressions', () => {
    expect(built('expressions').failure).toBeUndefined();
    expect(has('expressions', '`member`') || has('expressions', '"member"')).toBe(true);
  });

  test('in the folder cannot overwrite sources', () => {
    expect(built('overSources').failure?.message).toContain('Use a folder for the bundle only');
    expect(existsSync(join(project.folder, 'project/src/hello.ts'))).toBe(true);
    expect(built('overImported').failure?.message).toContain('Use a folder for the bundle only');
    expect(readdirSync(join(project.folder, 'project/legacy'))).toEqual(['old.mjs']);
  });
});

import { addToModule, type ModuleEntry } from '../../../src/cli/files/add-to-module.js';
import { loadParser } from '../../../src/cli/files/parse-source.js';

jest.mock('rolldown/utils', () =>
  jest.requireActual<typeof import('../native-module.js')>('../native-module.js').nativeModule('rolldown/utils'),
);

const ORDERS: ModuleEntry = { list: 'imports', name: 'OrdersModule', from: './orders/orders.module.js' };
const IMPORT = "import { Module } from 'lambent';\n";
const ADDED = "import { OrdersModule } from './orders/orders.module.js';\n";

async function added(source: string, entry = ORDERS): Promise<string> {
  const parse = await loadParser();
  const text = addToModule(parse('src/app.module.ts', source), entry);
  // What was written must be read again.
  parse('result', text);
  return text;
}

/** What becomes of the decorator, the import taken off again. */
async function decorated(decorator: string): Promise<string> {
  const text = await added(`${IMPORT}\n${decorator}\nexport class AppModule {}\n`);
  expect(text.startsWith(`${IMPORT}${ADDED}\n`)).toBe(true);
  expect(text.endsWith('\nexport class AppModule {}\n')).toBe(true);
  return text.slice(IMPORT.length + ADDED.length + 1, -'\nexport class AppModule {}\n'.length);
}

describe('a list', () => {
  test.each([
    ['on one line', '@Module({ imports: [A, B] })', '@Module({ imports: [A, B, OrdersModule] })'],
    [
      'on one line, with a comma at its end',
      '@Module({ imports: [A, B,] })',
      '@Module({ imports: [A, B, OrdersModule,] })',
    ],
    ['that is empty', '@Module({ imports: [] })', '@Module({ imports: [OrdersModule] })'],
    ['that is empty but for spaces', '@Module({ imports: [ \n ] })', '@Module({ imports: [OrdersModule] })'],
    [
      'that is empty but for a comment',
      '@Module({ imports: [/* none */] })',
      '@Module({ imports: [/* none */ OrdersModule] })',
    ],
    [
      'that is empty but for comments on lines',
      '@Module({\n  imports: [\n    // none\n  ],\n})',
      '@Module({\n  imports: [\n    // none\n    OrdersModule,\n  ],\n})',
    ],
    [
      'on lines, with a comma at its end',
      '@Module({\n  imports: [\n    A,\n    B,\n  ],\n})',
      '@Module({\n  imports: [\n    A,\n    B,\n    OrdersModule,\n  ],\n})',
    ],
    [
      'on lines, without a comma at its end',
      '@Module({\n\timports: [\n\t\tA,\n\t\tB\n\t]\n})',
      '@Module({\n\timports: [\n\t\tA,\n\t\tB,\n\t\tOrdersModule\n\t]\n})',
    ],
    [
      'whose comments belong to the last',
      '@Module({\n  imports: [\n    A, // the first, [not] the last\n    B, /* two */ // the last\n    // more may come\n  ],\n})',
      '@Module({\n  imports: [\n    A, // the first, [not] the last\n    B, /* two */ // the last\n    OrdersModule,\n    // more may come\n  ],\n})',
    ],
    [
      'whose last has a comment and no comma',
      '@Module({\n  imports: [\n    A // , here\n  ],\n})',
      '@Module({\n  imports: [\n    A, // , here\n    OrdersModule\n  ],\n})',
    ],
    [
      'with calls inside, on one line',
      "@Module({ imports: [ConfigModule.forRoot({ files: ['a', 'b'] }), lazy('x', () => import('./x.js'))] })",
      "@Module({ imports: [ConfigModule.forRoot({ files: ['a', 'b'] }), lazy('x', () => import('./x.js')), OrdersModule] })",
    ],
    [
      'with calls over several lines inside',
      '@Module({\n  imports: [\n    ConfigModule.forRoot({\n      imports: [],\n    }),\n  ],\n})',
      '@Module({\n  imports: [\n    ConfigModule.forRoot({\n      imports: [],\n    }),\n    OrdersModule,\n  ],\n})',
    ],
    [
      'that ends on the line of its last',
      '@Module({ imports: [A, ConfigModule.forRoot({\n  a: 1,\n})] })',
      '@Module({ imports: [A, ConfigModule.forRoot({\n  a: 1,\n}), OrdersModule] })',
    ],
    [
      'with something spread into it',
      '@Module({ imports: [...BASE] })',
      '@Module({ imports: [...BASE, OrdersModule] })',
    ],
    ['under a quoted name', "@Module({ 'imports': [A] })", "@Module({ 'imports': [A, OrdersModule] })"],
    [
      'with a type',
      '@Module({ imports: [A] as const } satisfies ModuleMetadata)',
      '@Module({ imports: [A, OrdersModule] as const } satisfies ModuleMetadata)',
    ],
    ['that has a name', '@Module({ imports: BASE })', '@Module({ imports: [...BASE, OrdersModule] })'],
    [
      'that is made by an expression',
      '@Module({ imports: isLocal ? [A] : [] })',
      '@Module({ imports: [...(isLocal ? [A] : []), OrdersModule] })',
    ],
    ['in short', '@Module({ imports, controllers })', '@Module({ imports: [...imports, OrdersModule], controllers })'],
  ])('%s', async (_what, before, after) => {
    expect(await decorated(before)).toBe(after);
  });
});

describe('a list that is missing', () => {
  test.each([
    ['no argument', '@Module()', '@Module({ imports: [OrdersModule] })'],
    ['an empty object', '@Module({})', '@Module({ imports: [OrdersModule] })'],
    ['others on one line', '@Module({ controllers: [A] })', '@Module({ controllers: [A], imports: [OrdersModule] })'],
    [
      'others on lines',
      '@Module({\n  controllers: [A], // all\n  providers: [],\n})',
      '@Module({\n  controllers: [A], // all\n  providers: [],\n  imports: [OrdersModule],\n})',
    ],
    [
      'other decorators',
      '@Global() @Module({}) @Other({ imports: [] })',
      '@Global() @Module({ imports: [OrdersModule] }) @Other({ imports: [] })',
    ],
  ])('with %s', async (_what, before, after) => {
    expect(await decorated(before)).toBe(after);
  });
});

describe('the file', () => {
  const plain = '@Module({})\nexport class AppModule {}\n';
  const listed = '@Module({ imports: [OrdersModule] })\nexport class AppModule {}\n';

  test('keeps a byte order mark, and offsets with signs of any width', async () => {
    expect(await added(`\uFEFF// 😀 é\n${IMPORT}${plain}`)).toBe(`\uFEFF// 😀 é\n${IMPORT}${ADDED}${listed}`);
  });

  test('has the new import after the last one and its comment, in the same style', async () => {
    const source = `import 'reflect-metadata'\nimport { Module } from "lambent" // the framework\n// next\n${plain}`;
    expect(await added(source)).toBe(
      `import 'reflect-metadata'\nimport { Module } from "lambent" // the framework\nimport { OrdersModule } from "./orders/orders.module.js"\n// next\n${listed}`,
    );
  });

  test('may import the decorator under another name, and have other classes', async () => {
    const source =
      "import { Module as M, Injectable } from 'lambent';\n@Injectable()\nexport class Other {}\n@M({})\nclass AppModule {}\nexport default AppModule;\n";
    expect(await added(source)).toContain('@M({ imports: [OrdersModule] })\nclass AppModule {}');
  });

  test('stays the same when the class is listed already', async () => {
    const source = `${IMPORT}${ADDED}${listed}`;
    expect(await added(source)).toBe(source);
  });

  test('gets no second import of a class that it has', async () => {
    expect(await added(`${IMPORT}${ADDED}${plain}`)).toBe(`${IMPORT}${ADDED}${listed}`);
  });
});

describe('nothing is changed where', () => {
  test.each([
    ['there is no module', 'export class AppModule {}', 'has no class with @Module'],
    [
      'there are several',
      `${IMPORT}@Module({}) class A {}\n@Module({}) class B {}`,
      'has several classes with @Module',
    ],
    ['the decorator is given a name', `${IMPORT}@Module(metadata) class A {}`, 'Add imports: [OrdersModule] by hand'],
    [
      'the list may come from what is spread',
      `${IMPORT}@Module({ ...base }) class A {}`,
      'an object that is spread into @Module',
    ],
    [
      'a later spread may have another list',
      `${IMPORT}@Module({ imports: [A], ...base }) class A {}`,
      'an object that is spread into @Module',
    ],
    [
      'the name is taken by an import',
      `${IMPORT}import { OrdersModule } from './old.js';\n@Module({}) class A {}`,
      'it uses the name OrdersModule for something else',
    ],
    [
      'the name is taken by a class',
      `${IMPORT}@Module({}) class A {}\nexport class OrdersModule {}`,
      'it uses the name OrdersModule for something else',
    ],
    [
      'the name is taken by a constant',
      `${IMPORT}@Module({}) class A {}\nconst OrdersModule = 1;`,
      'it uses the name OrdersModule for something else',
    ],
    [
      'only its type is imported',
      `${IMPORT}import type { OrdersModule } from './orders/orders.module.js';\n@Module({}) class A {}`,
      'something else',
    ],
    ['the file can not be read', `${IMPORT}@Module({ class A {}`, 'Cannot parse'],
  ])('%s', async (_where, source, message) => {
    await expect(added(source)).rejects.toThrow(message);
  });
});

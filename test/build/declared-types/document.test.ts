import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenApiDocument, OperationObject } from '../../../src/openapi/openapi-document.js';
import type { JsonSchema } from '../../../src/shared/json-schema.js';
import { devProject, program } from '../../cli/dev/dev-command.js';
import type { Workshop } from '../../cli/workshop.js';
import { run } from '../../integration/formats/project.js';
import { repository } from '../../package/manifest.js';

const FILES = {
  'src/point.ts': `
    import { IsInt } from 'class-validator';
    export class Point { @IsInt() x!: number; @IsInt() y!: number; }
    export interface Named { name: string }
    export enum Colour { RED = 'red', BLUE = 'blue' }`,
  // One name through two files of exports.
  'src/barrel.ts': "export * from './named.js';",
  'src/named.ts': "export { Point as Place, Colour, type Named } from './point.js';",
  'src/typed.ts': `
    import { IsString } from 'class-validator';
    export class Typed { @IsString() name!: string; }`,
  'src/order.ts': `
    import { Exclude, Type } from 'class-transformer';
    import { IsArray, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
    import { ApiProperty } from 'lambent/openapi';
    import { Colour, type Named, Place } from './barrel.js';
    import { Named as Interface } from './point.js';
    import type { Typed } from './typed.js';
    import { Customer } from './customer.js';
    type Size = 'small' | 'large';
    type Sizes = readonly Size[];
    type Tree = { leaves: Tree[]; size: Size };
    interface Address { street: string; zip?: string }
    enum Kind { GIFT = 'gift', SALE = 'sale' }
    export class Order {
      /** What it is called by, as in a "quote" and a \`tick\`. */
      id!: string;
      count = 3;
      ratio: number = -0.5;
      note?: string;
      reason!: string | null;
      maybe!: string | undefined;
      size!: Size;
      sizes!: Sizes;
      level!: 1 | 2 | null;
      flag!: boolean;
      sums!: bigint[];
      at!: Date;
      kind: Kind = Kind.GIFT;
      colour?: Colour;
      place!: Place | null;
      places!: readonly Place[];
      mixed!: string | number;
      holes!: (string | null)[];
      address!: Address;
      byDay!: Record<string, number>;
      tree!: Tree;
      customer!: Customer;
      typed!: Typed;
      named!: Named;
      unknownInterface!: Interface;
      readonly tags: ReadonlySet<string> = new Set();
      private secret = 'x';
      protected hidden = 'x';
      #own = 1;
      static shared = 1;
      run = () => this.secret + this.hidden + this.#own;
      declared(): string { return ''; }
      @ApiProperty({ description: 'By the decorator.', type: 'integer' })
      /** By the comment. */
      decided!: string;
      @Exclude() left?: string;
    }
    export class NewOrder {
      /** Taken from the catalogue. */
      @IsArray() @IsString({ each: true }) readonly words!: readonly string[];
      @IsOptional() @IsArray() @IsInt({ each: true }) numbers?: number[] | null;
      @ValidateNested() @Type(() => Place) place!: Place | null;
      @IsOptional() @ValidateNested() @Type(() => Place) from?: Place | null;
      @IsArray() @ValidateNested({ each: true }) @Type(() => Place) path!: readonly Place[] | null;
      @IsString() size!: Size;
      @IsOptional() @IsInt() limit: number = 20;
      plain?: string;
    }
    /** Says nothing. */
    export class Base<T> { constructor(readonly id: string, readonly extra: T, private hidden?: string) {} declare later: string; }
    export class Special extends Base<number> { more!: string }`,
  'src/customer.ts': `
    import { Exclude } from 'class-transformer';
    import { Order } from './order.js';
    export class Customer {
      name!: string;
      orders!: Order[];
      @Exclude() password?: string;
    }`,
  'src/animal.ts': `
    import { ApiProperty } from 'lambent/openapi';
    import { Dog } from './dog.js';
    export class Animal { @ApiProperty() name!: string; pups?: Dog[]; }`,
  'src/dog.ts': `
    import { ApiProperty } from 'lambent/openapi';
    import { Animal } from './animal.js';
    export class Dog extends Animal { @ApiProperty() bark!: string; }`,
  'src/controller.ts': `
    import { Body, Controller, Get, HtmlResponse, HttpCode, Post, StreamResponse } from 'lambent';
    import { ApiOperation, ApiResponse } from 'lambent/openapi';
    import { NewOrder, Order, Special } from './order.js';
    import { Animal } from './animal.js';
    import { Named, Place } from './barrel.js';
    interface Page { orders: Order[]; next: string | null }
    @Controller()
    export class Orders {
      /** Lists the orders, newest first. As e.g. a page of them.
       *
       * Of *all* shops. See {@link Page}.
       * @deprecated
       */
      @Get('list') async list(): Promise<Order[]> { return []; }
      @Get('page') async page(): Promise<Page> { throw new Error(); }
      @Get('one') async one(): Promise<Order | null> { return null; }
      @Get('words') words(): readonly string[] { return []; }
      @Get('kind') async kind(): Promise<'a' | 'b'> { return 'a'; }
      @Get('special') async special(): Promise<Special> { throw new Error(); }
      @Get('animal') async animal(): Promise<Animal> { throw new Error(); }
      @Get('place') async place(): Promise<Place> { throw new Error(); }
      @Get('named') async named(): Promise<Named> { return { name: '' }; }
      @Get('html') async html(): Promise<HtmlResponse> { throw new Error(); }
      @Get('stream') async stream(): Promise<StreamResponse> { throw new Error(); }
      @Get('nothing') async nothing(): Promise<void> {}
      @HttpCode(202) @Post('accepted') async accepted(): Promise<void> {}
      @ApiResponse({ status: 201, type: Place }) @Post('declared') async declared(): Promise<Order> { throw new Error(); }
      @ApiResponse({ status: 200, description: 'The order.' }) @Get('described') async described(): Promise<Order> { throw new Error(); }
      /** By the comment. More. */
      @ApiOperation({ summary: 'By the decorator' }) @Post('add') add(@Body() order: NewOrder): void { void order; }
      /** @internal Of nobody's business. */
      @Get('internal') async internal(): Promise<unknown> { return 1; }
    }`,
  'src/app.module.ts': `
    import { Module } from 'lambent';
    import { Orders } from './controller.js';
    @Module({ controllers: [Orders] }) export class AppModule {}`,
};

let project: Workshop;
let document: OpenApiDocument;

beforeAll(async () => {
  if (!existsSync(join(repository, 'dist'))) throw new Error('This test needs the build: run `npm run build` first.');
  project = devProject(FILES);
  document = JSON.parse(
    await run([
      '--import',
      `data:text/javascript,process.chdir(${JSON.stringify(project.folder)})`,
      program,
      'openapi',
    ]),
  ) as OpenApiDocument;
});

afterAll(() => rmSync(project.folder, { recursive: true }));

const schema = (name: string): JsonSchema => document.components.schemas[name]!;
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const operation = (path: string, verb: 'get' | 'post' = 'get') =>
  document.paths[`/${path}`]![verb] as OperationObject & { responses: Record<string, { content?: object }> };
const json = (content: object) => ({ 'application/json': { schema: content } });

test('a property is described by its type, its comment and its initial value, without a decorator', () => {
  const sizes = { type: 'string', enum: ['small', 'large'] };
  expect(schema('Order').properties).toEqual({
    id: { type: 'string', description: 'What it is called by, as in a "quote" and a `tick`.' },
    count: { type: 'number' },
    ratio: { type: 'number' },
    note: { type: 'string' },
    reason: { type: ['string', 'null'] },
    maybe: { type: 'string' },
    size: sizes,
    sizes: { type: 'array', items: sizes },
    level: { anyOf: [{ type: 'integer', enum: [1, 2] }, { type: 'null' }] },
    flag: { type: 'boolean' },
    sums: { type: 'array', items: { type: 'string', pattern: '^-?\\d+$' } },
    at: { type: 'string', format: 'date-time' },
    kind: { type: 'string', enum: ['gift', 'sale'] },
    colour: { type: 'string', enum: ['red', 'blue'] },
    place: { anyOf: [ref('Point'), { type: 'null' }] },
    places: { type: 'array', items: ref('Point') },
    mixed: { anyOf: [{ type: 'string' }, { type: 'number' }] },
    holes: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
    address: {
      type: 'object',
      properties: { street: { type: 'string' }, zip: { type: 'string' } },
      required: ['street'],
    },
    byDay: { type: 'object', additionalProperties: { type: 'number' } },
    tree: {
      type: 'object',
      properties: { leaves: { type: 'array', items: {} }, size: sizes },
      required: ['leaves', 'size'],
    },
    customer: ref('Customer'),
    typed: {},
    named: {},
    unknownInterface: {},
    tags: { type: 'array', items: { type: 'string' }, uniqueItems: true },
    decided: { type: 'integer', description: 'By the decorator.' },
  });
  expect(Object.keys(schema('Order').properties!).filter((name) => !schema('Order').required!.includes(name))).toEqual([
    'note',
    'maybe',
    'colour',
  ]);
});

test('rules and decorators count for more than types', () => {
  expect(schema('NewOrder')).toEqual({
    type: 'object',
    properties: {
      words: { type: 'array', items: { type: 'string' }, description: 'Taken from the catalogue.' },
      numbers: { type: ['array', 'null'], items: { type: 'integer' } },
      // The rule refuses `null`.
      place: ref('Point'),
      from: { anyOf: [ref('Point'), { type: 'null' }] },
      path: { type: 'array', items: ref('Point') },
      size: { type: 'string', enum: ['small', 'large'] },
      limit: { type: 'integer', default: 20 },
      plain: { type: 'string' },
    },
    required: ['words', 'place', 'path', 'size'],
  });
});

test('classes that name each other in a circle of imports are named, but where one could be evaluated too early', () => {
  expect(schema('Customer').properties).toEqual({
    name: { type: 'string' },
    orders: { type: 'array', items: ref('Order') },
  });
  expect(schema('Animal').properties).toEqual({ name: { type: 'string' }, pups: { type: 'array', items: {} } });
});

test('properties that a constructor declares, and those of a class above, are described', () => {
  expect(schema('Special')).toEqual({
    type: 'object',
    properties: { id: { type: 'string' }, extra: {}, later: { type: 'string' }, more: { type: 'string' } },
    required: ['id', 'extra', 'later', 'more'],
  });
});

test.each([
  ['list', { 200: json({ type: 'array', items: ref('Order') }) }],
  [
    'page',
    {
      200: json({
        type: 'object',
        properties: {
          orders: { type: 'array', items: ref('Order') },
          next: { anyOf: [{ type: 'string' }, { type: 'null' }] },
        },
        required: ['orders', 'next'],
      }),
    },
  ],
  ['one', { 200: json(ref('Order')), 204: undefined }],
  ['words', { 200: json({ type: 'array', items: { type: 'string' } }) }],
  ['kind', { 200: json({ type: 'string', enum: ['a', 'b'] }) }],
  ['special', { 200: json(ref('Special')) }],
  ['place', { 200: json(ref('Point')) }],
  ['named', { 200: json({}) }],
  ['html', { 200: { 'text/html': { schema: { type: 'string' } } } }],
  ['stream', { 200: { '*/*': {} } }],
  ['nothing', { 204: undefined }],
  ['described', { 200: json(ref('Order')) }],
  ['internal', { 200: json({}) }],
])('the declared result of %s is its answer', (path, expected) => {
  const { '4XX': _refused, ...responses } = operation(path).responses;
  expect(Object.fromEntries(Object.entries(responses).map(([status, { content }]) => [status, content]))).toEqual(
    expected,
  );
});

test('what decorators say of answers counts for more', () => {
  expect(Object.keys(operation('declared', 'post').responses)).toEqual(['201', '4XX']);
  expect(operation('accepted', 'post').responses['202']).toEqual({ description: 'Accepted' });
});

test('the comment of a route is its summary and description', () => {
  expect(operation('list')).toMatchObject({
    summary: 'Lists the orders, newest first',
    description: 'As e.g. a page of them.\n\nOf *all* shops. See Page.',
    deprecated: true,
  });
  expect(operation('add', 'post')).toMatchObject({ summary: 'By the decorator', description: 'More.' });
  expect(operation('internal')).toMatchObject({ summary: 'Internal' });
  expect(operation('internal')).not.toHaveProperty('description');
});

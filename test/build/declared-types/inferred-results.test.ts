import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenApiDocument, OperationObject } from '../../../src/openapi/openapi-document.js';
import { devProject, program } from '../../cli/dev/dev-command.js';
import { run } from '../../integration/formats/project.js';
import { repository } from '../../package/manifest.js';

const FILES = {
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'es2022',
      module: 'nodenext',
      strict: true,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
    include: ['src'],
  }),
  'src/order.ts': `
    import { IsString } from 'class-validator';
    export class Order { @IsString() id!: string; }
    export class Item { @IsString() sku!: string; }
    export interface Summary { count: number }`,
  'src/service.ts': `
    import { Item, Order, type Summary } from './order.js';
    export class Service {
      async one() { return new Order(); }
      async maybe(id: string) { return id === '' ? null : new Order(); }
      items() { return [new Item()]; }
      summary(): Summary { return { count: 1 }; }
    }`,
  'src/app.module.ts': `#!/usr/bin/env node
    import { Controller, Get, Module, Param } from 'lambent';
    import type { Item } from './order.js';
    import { Service } from './service.js';
    @Controller() class Orders {
      private readonly service = new Service();
      @Get('one') one() { return this.service.one(); }
      @Get('maybe/:id') maybe(@Param('id') id: string) { return this.service.maybe(id); }
      @Get('page') async page() { return { orders: [await this.service.one()], next: undefined as string | undefined }; }
      @Get('count') async count() { return 3; }
      @Get('items') async items(): Promise<unknown> { return [] as Item[]; }
      @Get('typeOnly') async typeOnly() { return this.service.items(); }
      @Get('summary') async summary() { return this.service.summary(); }
      @Get('nothing') async nothing() { await this.service.one(); }
      @Get('broken') async broken() { return this.service.missing(); }
    }
    @Module({ controllers: [Orders] }) export class AppModule {}`,
};

async function resultsWith(typescript: string | undefined): Promise<Record<string, unknown>> {
  if (!existsSync(join(repository, 'dist'))) throw new Error('This test needs the build: run `npm run build` first.');
  const { folder } = devProject(FILES);
  if (typescript) symlinkSync(join(repository, typescript), join(folder, 'node_modules/typescript'), 'dir');
  const printed = await run([
    '--import',
    `data:text/javascript,process.chdir(${JSON.stringify(folder)})`,
    program,
    'openapi',
  ]);
  rmSync(folder, { recursive: true });
  const { paths } = JSON.parse(printed) as OpenApiDocument;
  return Object.fromEntries(
    Object.entries(paths).map(([path, { get }]) => [path.slice(1), successesOf(get as OperationObject)]),
  );
}

/** Schemas by status. */
function successesOf({ responses }: OperationObject): unknown {
  const successes = Object.entries(
    responses as Record<string, { content?: Record<string, { schema: object }> }>,
  ).filter(([status]) => status.startsWith('2'));
  return Object.fromEntries(successes.map(([status, { content }]) => [status, content?.['application/json']?.schema]));
}

const order = { $ref: '#/components/schemas/Order' };

test('the results of routes that declare none are inferred by the TypeScript of the project', async () => {
  expect(await resultsWith('test/openapi/client/node_modules/typescript')).toEqual({
    one: { 200: order },
    'maybe/{id}': { 200: order, 204: undefined },
    page: {
      200: {
        type: 'object',
        properties: { orders: { type: 'array', items: order }, next: { type: 'string' } },
        required: ['orders'],
      },
    },
    count: { 200: { type: 'number' } },
    items: { 200: {} },
    // The file has the name for a type only.
    typeOnly: { 200: { type: 'array', items: {} } },
    summary: { 200: {} },
    nothing: { 204: undefined },
    broken: { 200: {} },
  });
});

test.each([[undefined], ['node_modules/typescript']])(
  'without one that has an API nothing is said of them: %s',
  async (typescript) => {
    const { nothing, ...others } = await resultsWith(typescript);
    expect(nothing).toEqual({ 204: undefined });
    expect(new Set(Object.values(others).map((success) => JSON.stringify(success)))).toEqual(new Set(['{"200":{}}']));
  },
);

import { IsInt, IsString, Matches } from 'class-validator';
import { LambdaApplication } from '../../src/application/lambda-application.js';
import type { ExecutionContext, PipeTransform } from '../../src/contracts/pipeline.js';
import { OnSqs } from '../../src/decorators/consumers.js';
import { UsePipes } from '../../src/decorators/enhancers.js';
import { Module } from '../../src/decorators/module.js';
import { Body, Param, Query } from '../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../src/decorators/routes.js';
import { createOpenApiDocument } from '../../src/openapi/create-openapi-document.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { ParseIntPipe } from '../../src/validation/pipes/parse-pipes.js';
import { ValidationPipe } from '../../src/validation/pipes/validation-pipe.js';
import type { ValidationOptions } from '../../src/validation/validation-options.js';
import { createApp } from '../application/create-app.js';
import { answer, serve, SOURCES } from './serve.js';

class Order {
  @IsString() @Matches(/^[a-z]+$/) sku!: string;
}

class Page {
  @IsInt() limit!: number;
}

@Controller('orders')
class OrdersController {
  @Post() create(@Body() order: Order, @Query() page: Page) {
    return { order, page };
  }

  @Get(':id') find(@Param('id', ParseIntPipe) id: number) {
    return { id };
  }

  @Post('own') own(@Body(new ValidationPipe({ errorHttpStatusCode: 409 })) order: Order) {
    return order;
  }
}

const wrong = { method: 'POST', url: '/orders?limit=a', payload: { sku: 'A' } } as const;
const details = [
  { loc: ['body', 'sku'], msg: 'sku must match /^[a-z]+$/ regular expression', type: 'matches' },
  expect.objectContaining({ loc: ['query', 'limit'] }),
];

@Module({ controllers: [OrdersController] })
class OrdersModule {}

describe.each(SOURCES)('the options of the application, for %s', (source) => {
  test('errorHttpStatusCode is the status of all mistakes together, but where a pipe has its own', async () => {
    const app = await serve(OrdersController, { validation: { errorHttpStatusCode: 400 } });
    expect(await answer(app, { ...wrong, source })).toEqual([400, { detail: details }]);
    expect(await answer(app, { url: '/orders/x', source })).toEqual([
      400,
      { detail: [expect.objectContaining({ loc: ['path', 'id'] })] },
    ]);
    expect((await answer(app, { method: 'POST', url: '/orders/own', payload: { sku: 1 }, source }))[0]).toBe(409);
  });

  test('exceptionFactory makes one error of all mistakes', async () => {
    const seen: unknown[] = [];
    const exceptionFactory = (given: unknown) => (seen.push(given), Object.assign(new Error('mine'), { name: 'Mine' }));
    const filter = { catch: ({ message }: Error, _context: ExecutionContext) => ({ message }) };
    const app = await serve(OrdersController, { validation: { exceptionFactory }, filters: [filter] });
    expect(await answer(app, { ...wrong, source })).toEqual([500, { message: 'mine' }]);
    expect(seen).toEqual([details]);
  });

  test('disableErrorMessages answers the status alone', async () => {
    const app = await serve(OrdersController, { validation: { disableErrorMessages: true } });
    expect(await answer(app, { ...wrong, source })).toEqual([422, { detail: 'Unprocessable Entity' }]);
  });
});

test('the options hold for records, too', async () => {
  const errors: unknown[] = [];
  @Controller()
  class Consumer {
    @OnSqs('orders') take(@Body() _order: Order) {}
  }
  const filters = [
    {
      catch: (error: unknown) => {
        errors.push(error);
        throw error;
      },
    },
  ];
  const app = createApp(
    { controllers: [Consumer] },
    { accessLog: false, logger: { silent: true }, validation: { errorHttpStatusCode: 400 }, filters },
  );
  const event = events.sqs('orders', [{ sku: 1 }]);
  await app.handler(event, fakeContext());
  await app.close();
  expect(errors).toEqual([
    expect.objectContaining({
      statusCode: 400,
      detail: [expect.objectContaining({ loc: ['body', 'sku'] }), expect.anything()],
    }),
  ]);
});

function responsesWith(validation: ValidationOptions): string[] {
  const description = LambdaApplication.describe(OrdersModule, { validation });
  return Object.keys(
    createOpenApiDocument(description, { title: 'Orders', version: '1' }).paths['/orders']!.post!.responses,
  );
}

test('the document tells the status', () => {
  expect(responsesWith({})).toContain('422');
  expect(responsesWith({ errorHttpStatusCode: 400 })).toContain('400');
  expect(responsesWith({ errorHttpStatusCode: 400 })).not.toContain('422');
});

/** Puts a letter behind every text that it is given, in an object's members as well. */
const letter = (name: string): PipeTransform => ({
  transform(value) {
    if (typeof value === 'string') return value + name;
    for (const [key, text] of Object.entries(Object(value) as object))
      Reflect.set(Object(value) as object, key, `${text}${name}`);
    return value;
  },
});

describe('the built-in validation', () => {
  @Controller()
  @UsePipes(letter('c'))
  class Built {
    @Post('before') before(@Body(letter('p')) order: Order) {
      return order;
    }
    @Post('own') own(@Body(letter('p'), new ValidationPipe(), letter('q')) order: Order) {
      return order;
    }
    @Post('method') @UsePipes(letter('m'), ValidationPipe) method(@Body(letter('p')) order: Order) {
      return order;
    }
  }

  test.each([
    // Checked first, then changed by all pipes in their order.
    ['/before', 'a', [200, { sku: 'agcp' }]],
    // The pipe's own place: what was made before it is checked.
    ['/own', 'a', [200, { sku: 'agcpq' }]],
    ['/method', 'a', [200, { sku: 'agcmp' }]],
    ['/own', 'A', [422, { detail: [expect.objectContaining({ type: 'matches' })] }]],
  ])('stands before all pipes unless one of them is a ValidationPipe: %s %s', async (url, sku, expected) => {
    const app = await serve(Built, { pipes: [letter('g')] });
    expect(await answer(app, { method: 'POST', url, payload: { sku } })).toEqual(expected);
  });

  test('is replaced by a global one, in its place', async () => {
    const app = await serve(Built, {
      pipes: [letter('g'), new ValidationPipe({ errorHttpStatusCode: 400 }), letter('h')],
    });
    expect(await answer(app, { method: 'POST', url: '/before', payload: { sku: 'a' } })).toEqual([
      200,
      { sku: 'aghcp' },
    ]);
    expect((await answer(app, { method: 'POST', url: '/before', payload: { sku: 'A' } }))[0]).toBe(400);
  });
});

import { IsInt, IsOptional, IsString } from 'class-validator';
import * as v from 'valibot';
import { z } from 'zod';
import type { ApplicationOptions } from '../../../src/application/options/application-options.js';
import { APP_PIPE } from '../../../src/contracts/app-tokens.js';
import type { ExecutionContext } from '../../../src/contracts/pipeline.js';
import {
  type ConsumerOptions,
  OnAuthorize,
  OnEvent,
  OnEventBridge,
  OnKafka,
  OnKinesis,
  OnMq,
  OnSns,
  OnSqs,
  OnWebSocket,
} from '../../../src/decorators/consumers.js';
import { UsePipes } from '../../../src/decorators/enhancers.js';
import { Injectable } from '../../../src/decorators/injectable.js';
import { Body, createParamDecorator, Record as RawRecord } from '../../../src/decorators/parameters.js';
import { Post } from '../../../src/decorators/routes.js';
import { type Provider, Scope } from '../../../src/shared/provider.js';
import type { Constructor } from '../../../src/shared/types.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { DefaultValuePipe } from '../../../src/validation/pipes/default-value-pipe.js';
import { ParseArrayPipe } from '../../../src/validation/pipes/parse-array-pipe.js';
import {
  ParseBoolPipe,
  ParseEnumPipe,
  ParseFloatPipe,
  ParseIntPipe,
  ParseUUIDPipe,
} from '../../../src/validation/pipes/parse-pipes.js';
import { ValidationPipe } from '../../../src/validation/pipes/validation-pipe.js';
import { createApp, type Source, SOURCES } from '../create-app.js';

const quiet = { accessLog: false, logger: { silent: true } } as const;

type Send = (content: object) => object;
type On = (options?: ConsumerOptions) => MethodDecorator;

/** Sources whose events carry whatever somebody has put into them, as JSON or as data. */
const CARRIERS: readonly (readonly [name: string, on: On, send: Send])[] = [
  ...SOURCES.map(
    (source: Source) =>
      [source, () => Post(), (payload: object) => events[source]({ method: 'POST', payload })] as const,
  ),
  ['sqs', (options) => OnSqs('orders', options), (content) => events.sqs('orders', [content])],
  ['sns', (options) => OnSns('placed', options), (content) => events.sns('placed', [content])],
  ['activeMq', (options) => OnMq('orders', options), (content) => events.activeMq('orders', [content])],
  ['rabbitMq', (options) => OnMq('orders', options), (content) => events.rabbitMq('orders', [content])],
  ['kinesis', (options) => OnKinesis('clicks', options), (content) => events.kinesis('clicks', [content])],
  ['kafka', (options) => OnKafka('clicks', options), (content) => events.kafka('clicks', [content])],
  [
    'eventBridge',
    () => OnEventBridge(),
    (detail) => events.eventBridge({ source: 'shop', detailType: 'Placed', detail }),
  ],
  ['webSocket', () => OnWebSocket('$default'), (body) => events.webSocket({ route: '$default', body })],
  ['authorizer', () => OnAuthorize(), (content) => ({ ...events.authorizerToken(), ...content })],
  ['direct', () => OnEvent((event) => 'task' in (event as object)), (content) => ({ task: 'price', ...content })],
];

class Order {
  @IsInt() n!: number;
  @IsOptional() @IsString() note?: string;
}
class Strict extends ValidationPipe {
  constructor() {
    super({ whitelist: true });
  }
}
@Injectable({ scope: Scope.REQUEST })
class ScopedStrict extends Strict {}
const Status = { open: 'open', done: 'done' } as const;
const uuid = '0b0ff2fc-7b5e-4d5e-8a63-2d3f0cb9c7a4';
const asyncPipe = { transform: async (value: unknown) => (await undefined, `async ${String(value)}`) };

/** What a parameter's decorators make of a content, and a content that they refuse. */
const ARGUMENTS: Readonly<
  Record<string, readonly [decorator: ParameterDecorator, content: object, value: unknown, refused?: object]>
> = {
  ParseIntPipe: [Body('n', ParseIntPipe), { n: '7' }, 7, { n: 'x' }],
  'an instance of a pipe': [Body('n', new ParseIntPipe({ optional: true })), {}, undefined, { n: '1.5' }],
  ParseFloatPipe: [Body('n', ParseFloatPipe), { n: '7.5' }, 7.5, { n: 'x' }],
  ParseBoolPipe: [Body('n', ParseBoolPipe), { n: 'true' }, true, { n: 'yes' }],
  ParseUUIDPipe: [Body('n', ParseUUIDPipe), { n: uuid }, uuid, { n: 'x' }],
  ParseEnumPipe: [Body('n', new ParseEnumPipe(Status)), { n: 'open' }, 'open', { n: 'x' }],
  'ParseArrayPipe of text': [Body('n', new ParseArrayPipe({ items: Number })), { n: '1,2' }, [1, 2], { n: '1,x' }],
  'ParseArrayPipe of a list of DTOs': [
    Body('n', new ParseArrayPipe({ items: Order })),
    { n: [{ n: 1 }] },
    [{ n: 1 }],
    { n: [{ n: 'x' }] },
  ],
  DefaultValuePipe: [Body('n', new DefaultValuePipe(3), ParseIntPipe), {}, 3, { n: 'x' }],
  'a pipe that waits': [Body('n', asyncPipe), { n: 7 }, 'async 7'],
  'a DTO class': [Body(Order), { n: 7 }, expect.objectContaining({ n: 7 }), { n: 'x' }],
  'a schema of zod': [
    Body(z.looseObject({ n: z.coerce.number() })),
    { n: '7' },
    expect.objectContaining({ n: 7 }),
    { n: 'x' },
  ],
  'a schema of zod that waits': [
    Body(
      'n',
      z.number().refine(async (n) => n > 0),
    ),
    { n: 7 },
    7,
    { n: -1 },
  ],
  'a schema of valibot': [Body('n', v.pipe(v.string(), v.length(1))), { n: '7' }, '7', { n: '77' }],
  'a decorator of its own': [
    createParamDecorator((key: string, context: ExecutionContext) => [key, context.getHandler().name])('n'),
    {},
    ['n', 'take'],
  ],
  'a decorator of its own with pipes': [
    createParamDecorator((_: unknown, context: ExecutionContext) =>
      context.getType() === 'http' ? '1' : context.record.raw && '1',
    )(undefined, ParseIntPipe),
    {},
    1,
  ],
};

interface Bound {
  options?: ApplicationOptions;
  providers?: Provider[];
  decorate?: MethodDecorator[];
}

/** What the method was given, or that it was not called. */
async function given(
  on: MethodDecorator,
  event: object,
  decorator: ParameterDecorator,
  bound: Bound = {},
): Promise<unknown[]> {
  const { options = {}, providers = [], decorate = [] } = bound;
  const values: unknown[] = [];
  class Taker {
    @on take(value: unknown): void {
      values.push(value);
    }
  }
  Reflect.defineMetadata('design:paramtypes', [Object], Taker.prototype, 'take');
  decorator(Taker.prototype, 'take', 0);
  for (const one of decorate) one(Taker.prototype, 'take', {});
  const app = createApp({ controllers: [Taker], providers }, { ...quiet, ...options });
  await app.ready();
  await app.handler(event, fakeContext()).catch(() => undefined);
  return values;
}

describe.each(CARRIERS)('arguments of %s', (_name, on, send) => {
  it.each(Object.entries(ARGUMENTS))('are made by %s', async (_what, [decorator, content, value, refused]) => {
    expect(await given(on(), send(content), decorator)).toEqual([value]);
    if (refused) expect(await given(on(), send(refused), decorator)).toEqual([]);
  });

  const strict = new ValidationPipe({ whitelist: true });
  it.each<[string, Bound]>([
    ['the options', { options: { pipes: [strict] } }],
    ['the options, as a class', { options: { pipes: [ValidationPipe] } }],
    ['APP_PIPE', { providers: [{ provide: APP_PIPE, useValue: strict }] }],
    [
      'APP_PIPE, by a factory',
      { providers: [{ provide: APP_PIPE, useFactory: async () => new ValidationPipe({ whitelist: true }) }] },
    ],
    ['APP_PIPE, one for each event', { providers: [{ provide: APP_PIPE, useClass: ScopedStrict }] }],
    ['the method', { decorate: [UsePipes(strict)] }],
    ['the method, an heir of it', { decorate: [UsePipes(Strict)] }],
    ['the option validation', { options: { validation: { whitelist: true } } }],
  ])('are checked by a ValidationPipe of %s', async (_where, bound) => {
    const [order] = await given(on(), send({ n: 7, note: 'now', more: 1 }), Body(Order), bound);
    expect(order).toBeInstanceOf(Order);
    expect(order).toMatchObject({ n: 7, note: 'now' });
    if (_where !== 'the options, as a class') expect(Object.keys(order as object).toSorted()).toEqual(['n', 'note']);
    expect(await given(on(), send({ n: 'x' }), Body(Order), bound)).toEqual([]);
  });

  it('are refused as a ValidationPipe of the parameter says', async () => {
    const errors: unknown[] = [];
    const pipe = new ValidationPipe({
      forbidNonWhitelisted: true,
      whitelist: true,
      exceptionFactory: (details) => (errors.push(...details.map(({ type }) => type)), new RangeError('Not this')),
    });
    expect(await given(on(), send({ n: 'x' }), Body(Order as Constructor, pipe))).toEqual([]);
    expect(errors).toContain('isInt');
  });
});

describe.each(CARRIERS.slice(SOURCES.length, -4))('items of a batch of %s', (name, on, send) => {
  const batch = async (
    contents: readonly object[],
    decorator: ParameterDecorator,
    options: ApplicationOptions = {},
  ) => {
    const handed: unknown[][] = [];
    class Taker {
      @on({ batch: true })
      take(values: unknown, @RawRecord() records: unknown[]): void {
        handed.push(values as unknown[], [records.length]);
      }
    }
    Reflect.defineMetadata('design:paramtypes', [Object, Array], Taker.prototype, 'take');
    decorator(Taker.prototype, 'take', 0);
    const app = createApp({ controllers: [Taker] }, { ...quiet, ...options });
    await app.ready();
    await app.handler(many(name, contents, send), fakeContext()).catch(() => undefined);
    return handed;
  };

  it.each(Object.entries(ARGUMENTS).filter(([what]) => !what.startsWith('a decorator')))(
    'are made one by one, and left out one by one, by %s',
    async (_what, [decorator, content, value, refused]) => {
      expect(await batch([content, ...(refused ? [refused] : [])], decorator)).toEqual([[value], [1]]);
    },
  );

  it('are checked by a global ValidationPipe', async () => {
    const [orders] = await batch([{ n: 7, more: 1 }, { n: 'x' }], Body(Order), {
      pipes: [new ValidationPipe({ whitelist: true })],
    });
    expect(orders).toEqual([{ n: 7 }]);
    expect(orders![0]).toBeInstanceOf(Order);
  });
});

/** One event of several records. */
function many(name: string, contents: readonly object[], send: Send): object {
  if (contents.length === 1) return send(contents[0]!);
  const build = {
    sqs: events.sqs,
    sns: events.sns,
    activeMq: events.activeMq,
    rabbitMq: events.rabbitMq,
    kinesis: events.kinesis,
    kafka: events.kafka,
  }[name]!;
  return build(name === 'sns' ? 'placed' : name === 'kinesis' || name === 'kafka' ? 'clicks' : 'orders', contents);
}

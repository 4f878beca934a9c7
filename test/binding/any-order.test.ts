import type { Context as LambdaContext } from 'aws-lambda';
import { IsString } from 'class-validator';
import fc from 'fast-check';
import { Logger } from '../../src/contracts/logger.js';
import { Inject } from '../../src/decorators/injectable.js';
import {
  Body,
  Context,
  Cookies,
  createParamDecorator,
  Event,
  Headers,
  Ip,
  Param,
  Query,
  Req,
  RequestId,
  Res,
  Signal,
} from '../../src/decorators/parameters.js';
import { Controller, Post } from '../../src/decorators/routes.js';
import { Request } from '../../src/http/request/request.js';
import { Response } from '../../src/http/response/response.js';
import { writeMetadata } from '../../src/metadata/reflection.js';
import type { Constructor } from '../../src/shared/types.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { serve, SOURCES } from './serve.js';

class Order {
  @IsString() name!: string;
}

class Service {
  readonly name = 'service';
}

const Wanted = createParamDecorator((data: string) => `wanted ${data}`);

interface Sent {
  event: unknown;
  context: LambdaContext;
}

/** One kind of parameter: how it is declared, and what it has to be given. */
interface Kind {
  name: string;
  type: unknown;
  decorator?: ParameterDecorator;
  gives: (value: unknown, sent: Sent) => unknown;
  wants: unknown;
}

function same(value: unknown): unknown {
  return value;
}

const KINDS: Kind[] = [
  { name: '@Body()', type: Object, decorator: Body(), gives: same, wants: { name: 'Ada' } },
  { name: '@Body(key)', type: String, decorator: Body('name'), gives: same, wants: 'Ada' },
  {
    name: '@Query()',
    type: Object,
    decorator: Query(),
    gives: (value) => ({ ...(value as object) }),
    wants: { limit: '10' },
  },
  { name: '@Query(key)', type: Number, decorator: Query('limit'), gives: same, wants: 10 },
  {
    name: '@Param()',
    type: Object,
    decorator: Param(),
    gives: (value) => ({ ...(value as object) }),
    wants: { id: '42' },
  },
  { name: '@Param(key)', type: Number, decorator: Param('id'), gives: same, wants: 42 },
  {
    name: '@Headers()',
    type: Object,
    decorator: Headers(),
    gives: (value) => (value as Record<string, string>)['x-tag'],
    wants: 'true',
  },
  { name: '@Headers(key)', type: Boolean, decorator: Headers('X-Tag'), gives: same, wants: true },
  {
    name: '@Cookies()',
    type: Object,
    decorator: Cookies(),
    gives: (value) => ({ ...(value as object) }),
    wants: { day: '2026-01-01' },
  },
  {
    name: '@Cookies(key)',
    type: Date,
    decorator: Cookies('day'),
    gives: (value) => (value as Date).getTime(),
    wants: Date.UTC(2026, 0, 1),
  },
  { name: '@Req()', type: Object, decorator: Req(), gives: (value) => (value as Request).path, wants: '/orders/42' },
  { name: '@Res()', type: Object, decorator: Res(), gives: (value) => value instanceof Response, wants: true },
  { name: '@Ip()', type: String, decorator: Ip(), gives: same, wants: '192.0.2.7' },
  { name: '@RequestId()', type: String, decorator: RequestId(), gives: same, wants: 'request-1' },
  { name: '@Event()', type: Object, decorator: Event(), gives: (value, { event }) => value === event, wants: true },
  {
    name: '@Context()',
    type: Object,
    decorator: Context(),
    gives: (value, { context }) => value === context,
    wants: true,
  },
  {
    name: '@Signal()',
    type: Object,
    decorator: Signal(),
    gives: (value) => (value as AbortSignal).aborted,
    wants: false,
  },
  {
    name: '@Inject(token)',
    type: Object,
    decorator: Inject(Service),
    gives: (value) => (value as Service).name,
    wants: 'service',
  },
  {
    name: '@Inject()',
    type: Service,
    decorator: Inject(),
    gives: (value) => (value as Service).name,
    wants: 'service',
  },
  { name: 'a decorator of one’s own', type: String, decorator: Wanted('data'), gives: same, wants: 'wanted data' },
  { name: 'Request', type: Request, gives: (value) => (value as Request).id, wants: 'request-1' },
  { name: 'Response', type: Response, gives: (value) => value instanceof Response, wants: true },
  { name: 'Logger', type: Logger, gives: (value) => value instanceof Logger, wants: true },
  { name: 'AbortSignal', type: AbortSignal, gives: (value) => value instanceof AbortSignal, wants: true },
  {
    name: 'a class with rules',
    type: Order,
    gives: (value) => [value instanceof Order, (value as Order).name],
    wants: [true, 'Ada'],
  },
];

/** A controller whose one method has these parameters, as the compiler and the decorators would declare them. */
function controllerOf(kinds: readonly Kind[], called: (values: unknown[]) => void): Constructor {
  class Generated {
    call(...values: unknown[]): string {
      called(values);
      return 'called';
    }
  }
  const { prototype } = Generated;
  kinds.forEach(({ decorator }, index) => decorator?.(prototype, 'call', index));
  writeMetadata('design:paramtypes', [], Generated);
  Reflect.defineMetadata(
    'design:paramtypes',
    kinds.map(({ type }) => type),
    prototype,
    'call',
  );
  Post('orders/:id')(prototype, 'call', Object.getOwnPropertyDescriptor(prototype, 'call')!);
  Controller()(Generated);
  return Generated;
}

const request = {
  method: 'POST',
  url: '/orders/42?limit=10',
  headers: { 'X-Tag': 'true', cookie: 'day=2026-01-01', 'X-Request-Id': 'request-1' },
  payload: { name: 'Ada' },
  ip: '192.0.2.7',
};

async function valuesOf(kinds: readonly Kind[], source: keyof typeof httpEvents): Promise<unknown[]> {
  const event = httpEvents[source](request);
  const context = fakeContext();
  let values: unknown[] = [];
  const app = await serve(
    controllerOf(kinds, (given) => (values = given)),
    { providers: [Service] },
  );
  await app.handler(event, context);
  return kinds.map(({ gives }, index) => gives(values[index], { event, context }));
}

describe('the parameters of a method', () => {
  it.each(SOURCES)('are all given what they ask for, from %s', async (source) => {
    expect(await valuesOf(KINDS, source)).toEqual(KINDS.map(({ wants }) => wants));
  });

  it('are given it in any order and any mix', async () => {
    const mix = fc.shuffledSubarray(KINDS, { minLength: 1 });
    const property = fc.asyncProperty(mix, fc.constantFrom(...SOURCES), async (kinds, source) => {
      expect(await valuesOf(kinds, source)).toEqual(kinds.map(({ wants }) => wants));
    });
    await fc.assert(property, { numRuns: 200 });
  });
});

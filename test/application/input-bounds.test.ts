import { gzipSync } from 'node:zlib';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsNumber, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { z } from 'zod';
import type { LambdaApplication } from '../../src/application/lambda-application.js';
import { OnEventBridge, OnSqs } from '../../src/decorators/consumers.js';
import { Body, Cookies, Form, Headers, Query } from '../../src/decorators/parameters.js';
import { Controller, Post } from '../../src/decorators/routes.js';
import { HttpException } from '../../src/errors/http-exception.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { readResult } from '../../src/testing/inject.js';
import { ParseArrayPipe } from '../../src/validation/pipes/parse-array-pipe.js';
import { ParseUUIDPipe } from '../../src/validation/pipes/parse-pipes.js';
import { ValidationPipe } from '../../src/validation/pipes/validation-pipe.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { createApp } from './create-app.js';

class Item {
  @IsInt() n!: number;
}

class Dto {
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => Item) items?: Item[];
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => Dto) lists?: Dto[];
  @IsOptional() @IsNumber({}, { message: 'It is not $value' }) one?: number;
  @IsOptional() @IsString() @MaxLength(10, { message: 'Not $value of $property' }) text?: string;
  @IsOptional() any?: unknown;
}

const Schema = z.strictObject({
  items: z.array(z.strictObject({ n: z.int() })).optional(),
  one: z.number().optional(),
  text: z.string().max(10).optional(),
  any: z.unknown(),
});
const numbers = new ParseArrayPipe({ items: Number });
const items = new ParseArrayPipe({ items: Item, forbidNonWhitelisted: true, whitelist: true });

/** Throws what came in, as a service may. */
function thrown(body: unknown): never {
  throw new HttpException(409, { wrong: body });
}

@Controller()
class Ways {
  @Post('dto', { consumes: 'any' }) dto(body: Dto) {
    return typeof body;
  }
  @Post('part') part(@Form('any') _part: Dto) {}
  @Post('schema') schema(@Body(Schema as never) _body: unknown) {}
  @Post('pipe') pipe(
    @Body(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, errorHttpStatusCode: 400 })) _body: Dto,
  ) {}
  @Post('numbers', { consumes: 'any' }) numbers(@Body('any', numbers) _list: number[]) {}
  @Post('items') items(@Body('any', items) _list: Item[]) {}
  @Post('uuid') uuid(@Body('any', new ParseUUIDPipe()) _id: string) {}
  @Post('unknown', { consumes: 'any' }) unknown(@Body() body: unknown) {
    return typeof body;
  }
  @Post('thrown') thrown(@Body() body: unknown) {
    thrown(body);
  }
  @Post('query') query(@Query() _query: Dto) {}
  @Post('list') list(@Query('any', numbers) _list: number[]) {}
  @Post('cookies') cookies(@Cookies() _cookies: Dto) {}
  @Post('headers') headers(@Headers() _headers: Dto) {}
  @OnSqs('dto') onDto(_body: Dto) {}
  @OnSqs('schema') onSchema(@Body(Schema as never) _body: unknown) {}
  @OnSqs('items') onItems(@Body('any', items) _list: Item[]) {}
  @OnSqs('unknown') onUnknown(@Body() _body: unknown) {}
  @OnEventBridge() onBus(_detail: Dto) {}
}

const validation = { whitelist: true, forbidNonWhitelisted: true } as const;
const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

interface Came {
  /** Of an answer; of a record 422 where it failed, and 200 where it was done. */
  readonly statusCode: number;
  readonly payload: string;
  readonly lines: readonly string[];
}

/** One way for data to come in. */
type Way = (app: LambdaApplication, data: unknown) => Promise<unknown>;

const post =
  (url: string, headers: Record<string, string>, body: string | Buffer, source: 'alb' | 'apiGatewayV2' = 'alb') =>
  (app: LambdaApplication) =>
    app.handler(events[source]({ method: 'POST', url, headers, body }), fakeContext());

const viaJson =
  (url: string): Way =>
  (app, data) =>
    post(url, json, JSON.stringify(data))(app);
const viaGzip =
  (url: string): Way =>
  (app, data) =>
    post(url, { ...json, 'content-encoding': 'gzip' }, gzipSync(JSON.stringify(data)))(app);
const viaUtf16 =
  (url: string): Way =>
  (app, data) =>
    post(
      url,
      { 'content-type': 'application/json; charset=utf-16' },
      Buffer.from(JSON.stringify(data), 'utf16le'),
    )(app);
const viaJsonPart =
  (url: string): Way =>
  (app, data) => {
    const part = `--b\r\ncontent-disposition: form-data; name="any"\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(data)}\r\n--b--\r\n`;
    return post(url, { 'content-type': 'multipart/form-data; boundary=b' }, part)(app);
  };
const viaForm =
  (url: string): Way =>
  (app, data) =>
    post(url, form, new URLSearchParams(flat(data)).toString())(app);
const viaMultipart =
  (url: string): Way =>
  (app, data) => {
    const parts = flat(data).map(
      ([name, value]) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    return post(url, { 'content-type': 'multipart/form-data; boundary=b' }, `${parts.join('')}--b--\r\n`)(app);
  };
const viaQuery =
  (url: string): Way =>
  (app, data) =>
    post(`${url}?${new URLSearchParams(flat(data)).toString()}`, {}, '', 'apiGatewayV2')(app);
const viaCookies: Way = (app, data) =>
  post(
    '/cookies',
    {
      cookie: flat(data)
        .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
        .join('; '),
    },
    '',
  )(app);
const viaHeaders: Way = (app, data) => post('/headers', Object.fromEntries(flat(data)), '')(app);
const viaMessage =
  (queue: string): Way =>
  (app, data) =>
    app.handler(events.sqs(queue, [data]), fakeContext());
const viaBus: Way = (app, data) => app.handler(events.eventBridge({ detail: data }), fakeContext());

/** Pairs, as a form has them: of a list one each. */
function flat(data: unknown): [string, string][] {
  return Object.entries(data as object).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, typeof one === 'object' ? JSON.stringify(one) : String(one)]),
  );
}

const JSON_WAYS: Readonly<Record<string, Way>> = {
  'JSON for a DTO': viaJson('/dto'),
  'JSON for a schema': viaJson('/schema'),
  'JSON for a ValidationPipe': viaJson('/pipe'),
  'JSON for an array of numbers': viaJson('/numbers'),
  'JSON for an array of DTOs': viaJson('/items'),
  'JSON for a UUID': viaJson('/uuid'),
  'JSON for anything': viaJson('/unknown'),
  'gzipped JSON for a DTO': viaGzip('/dto'),
  'JSON in UTF-16 for a DTO': viaUtf16('/dto'),
  'a part of JSON for a DTO': viaJsonPart('/part'),
  'a part of JSON inside of a DTO': viaJsonPart('/dto'),
  'a part of JSON for anything': viaJsonPart('/unknown'),
  'JSON that is thrown back': viaJson('/thrown'),
  'a message for a DTO': viaMessage('dto'),
  'a message for a schema': viaMessage('schema'),
  'a message for a pipe': viaMessage('items'),
  'a message for anything': viaMessage('unknown'),
  'an event of a bus': viaBus,
};

const TEXT_WAYS: Readonly<Record<string, Way>> = {
  'a form for a DTO': viaForm('/dto'),
  'a form for a pipe': viaForm('/numbers'),
  'a form for anything': viaForm('/unknown'),
  'a multipart form for a DTO': viaMultipart('/dto'),
  'a multipart form for anything': viaMultipart('/unknown'),
  'a query for a DTO': viaQuery('/query'),
  'a query for a pipe': viaQuery('/list'),
  cookies: viaCookies,
  headers: viaHeaders,
};

function ways(): LambdaApplication {
  return createApp({ controllers: [Ways] }, { validation, cors: true });
}

async function came(way: Way, data: unknown): Promise<Came> {
  const stdout = captureStdout();
  const [result] = await Promise.allSettled([way(ways(), data)]);
  const lines = stdout.text().split('\n');
  jest.restoreAllMocks();
  if (result.status === 'rejected')
    return { statusCode: (result.reason as HttpException).statusCode ?? 599, payload: String(result.reason), lines };
  const { batchItemFailures } = Object(result.value) as { batchItemFailures?: unknown[] };
  if (batchItemFailures) return { statusCode: batchItemFailures.length > 0 ? 422 : 200, payload: '', lines };
  if (result.value === undefined) return { statusCode: 200, payload: '', lines };
  const { statusCode, payload } = readResult(result.value);
  return {
    statusCode,
    payload: `${payload}${JSON.stringify(result.value).length > 1_048_576 ? ' is too long for an ALB' : ''}`,
    lines,
  };
}

/** An answer that is the caller's fault, fits into what any gateway takes, and is told by lines that fit into a log. */
function expectBounded({ statusCode, payload, lines }: Came): void {
  expect(statusCode).toBeLessThan(500);
  expect(payload).not.toContain('is too long for an ALB');
  for (const line of lines) expect(line.length).toBeLessThan(1_000_000);
}

const deep = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as unknown;
const MANY = 30_000;
// More than an ALB takes for an answer.
const LONG = 'x'.repeat(1_200_000);

describe.each(Object.entries({ ...JSON_WAYS, ...TEXT_WAYS }))('%s', (name, way) => {
  const isText = name in TEXT_WAYS;

  if (!isText) {
    it('is refused where it is nested more than 64 levels deep, whoever reads it', async () => {
      const { statusCode, payload, lines } = await came(way, { any: deep(64) });
      const told = payload + lines.join();
      expect([400, 422]).toContain(statusCode);
      if (!name.includes('bus') || told.includes('nested'))
        expect(told).toContain('The input is nested more than 64 levels deep');
    });
  }

  it.each<[what: string, data: unknown]>([
    [
      'tens of thousands of items that are wrong',
      { items: Array.from({ length: MANY }, () => 'x'), any: Array.from({ length: MANY }, () => 'x') },
    ],
    [
      'lists of items that are wrong, in lists',
      { lists: Array.from({ length: 100 }, () => ({ lists: Array.from({ length: 100 }, () => ({ one: 'x' })) })) },
    ],
    [
      'members that nobody knows',
      Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`member-${index}`, 1])),
    ],
    [
      'members that nobody knows in every item',
      {
        items: Array.from({ length: 5000 }, () => ({ n: 1, a: 1, b: 2 })),
        any: Array.from({ length: 5000 }, () => ({ n: 1, a: 1, b: 2 })),
      },
    ],
    ['a member of a long name that nobody knows', { [LONG]: 1 }],
    [
      'members of long names that nobody knows',
      Object.fromEntries(Array.from({ length: 200 }, (_, index) => [LONG.slice(0, 10_000) + index, 1])),
    ],
    [
      'members of names that JSON escapes',
      Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`${'"\\'.repeat(200)}${index}`, 1])),
    ],
    ['a long text in a message', { text: LONG, one: LONG, any: LONG }],
    ['texts with characters that JSON escapes', { text: '"\\é'.repeat(100_000), any: '"'.repeat(400_000) }],
  ])('is answered shortly where it has %s', async (_, data) => {
    expectBounded(await came(way, data));
  });
});

describe('a form', () => {
  it('is counted before it is read: what is one too many is not decoded', async () => {
    const decode = jest.spyOn(globalThis, 'decodeURIComponent');
    const app = createApp({ controllers: [Ways] }, { logger: { silent: true } });
    await app.ready();
    const text = '%61&'.repeat(100_000);
    for (const url of ['/dto', '/unknown']) {
      decode.mockClear();
      expect(readResult(await post(url, form, text)(app)).json()).toEqual({
        detail: 'The form has more than 1000 fields',
      });
      expect(decode.mock.calls.length).toBeLessThan(1100);
    }
    decode.mockRestore();
  });

  it.each([
    ['a form', viaForm('/unknown')],
    ['a multipart form', viaMultipart('/unknown')],
  ])('has names of up to a kilobyte: %s', async (_, way) => {
    expect((await came(way, { ['é'.repeat(512)]: 1 })).statusCode).toBe(200);
    expect(await came(way, { ['é'.repeat(513)]: 1 })).toMatchObject({
      statusCode: 413,
      payload: '{"detail":"The form has a field whose name has more than 1024 bytes"}',
    });
  });
});

describe('a query', () => {
  it.each(['apiGatewayV1', 'apiGatewayV2', 'functionUrl', 'albMultiValue', 'latticeV2'] as const)(
    'of %s has up to 10,000 parameters',
    async (source) => {
      const app = createApp({ controllers: [Ways] }, { logger: { silent: true } });
      const sent = async (count: number) =>
        readResult(
          await app.handler(events[source]({ method: 'POST', url: `/query?${'any=1&'.repeat(count)}` }), fakeContext()),
        );
      expect((await sent(10_000)).statusCode).toBe(204);
      const { statusCode, payload } = await sent(10_001);
      expect([statusCode, payload]).toEqual([400, '{"detail":"The query has more than 10000 parameters"}']);
    },
  );
});

import { Cookies, Form, Headers, Param, Query } from '../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../src/decorators/routes.js';
import type { TestingApplication } from '../../src/testing/testing-application.js';
import { DefaultValuePipe } from '../../src/validation/pipes/default-value-pipe.js';
import { ParseArrayPipe } from '../../src/validation/pipes/parse-array-pipe.js';
import { answer, serve, SOURCES } from './serve.js';

enum Level {
  Low = 1,
  High = 2,
}

enum Status {
  Open = 'open',
}

/** Says what arrived, types included: JSON alone can't tell a date from its text. */
function told(value: unknown): unknown {
  if (value instanceof Date) return { date: value.toISOString() };
  if (typeof value === 'bigint') return { bigint: String(value) };
  return value === undefined ? 'nothing' : { value };
}

@Controller()
class Echo {
  @Get('number') number(@Query('v') v: number) {
    return told(v);
  }
  @Get('boolean') boolean(@Query('v') v: boolean) {
    return told(v);
  }
  @Get('date') date(@Query('v') v: Date) {
    return told(v);
  }
  @Get('bigint') bigint(@Query('v') v: bigint) {
    return told(v);
  }
  @Get('string') string(@Query('v') v: string) {
    return told(v);
  }
  @Get('array') array(@Query('v') v: string[]) {
    return told(v);
  }
  @Get('level') level(@Query('v') v: Level) {
    return told(v);
  }
  @Get('status') status(@Query('v') v: Status) {
    return told(v);
  }
  @Get('unknown') unknown(@Query('v') v: unknown) {
    return told(v);
  }
  @Get('all') all(@Query() query: Record<string, unknown>) {
    return query;
  }
  @Get('default') default(@Query('v') v: number = 7) {
    return told(v);
  }

  @Get('path/:v') path(@Param('v') v: number) {
    return told(v);
  }
  @Get('paths/:a/:b') paths(@Param() params: Record<string, string>) {
    return params;
  }
  @Get('header') header(@Headers('X-Value') v: number) {
    return told(v);
  }
  @Get('headers') headers(@Headers() headers: Record<string, string>) {
    return told(headers['x-value']);
  }
  @Get('header-list') headerList(@Headers('x-value') v: string[]) {
    return told(v);
  }
  @Get('header-list-default') headerListDefault(@Headers('x-value', new DefaultValuePipe(['none'])) v: string[]) {
    return told(v);
  }
  @Get('header-list-parsed') headerListParsed(@Headers('x-value', ParseArrayPipe) v: string[]) {
    return told(v);
  }
  @Get('cookie') cookie(@Cookies('v') v: boolean) {
    return told(v);
  }
  @Get('cookies') cookies(@Cookies() cookies: Record<string, string>) {
    return cookies;
  }
  @Post('form') form(
    @Form('n') n: number,
    @Form('b') b: boolean,
    @Form('d') d: Date,
    @Form('a') a: string[],
    @Form('i') i: bigint,
  ) {
    return [n, b, d, a, i].map(told);
  }
}

let app: TestingApplication;

beforeAll(async () => {
  app = await serve(Echo);
});

function ask(type: string, text: string): Promise<[number, unknown]> {
  return answer(app, { url: `/${type}?v=${encodeURIComponent(text)}` });
}

function refusal(where: string, noun: string, type: string, name = 'v') {
  return [422, { detail: [{ loc: [where, name], msg: `${name} must be ${noun}`, type }] }];
}

describe('a query value becomes what its parameter declares', () => {
  it.each([
    ['number', '12', { value: 12 }],
    ['number', '-0.5', { value: -0.5 }],
    ['number', '1e3', { value: 1000 }],
    ['number', '007', { value: 7 }],
    ['boolean', 'true', { value: true }],
    ['boolean', 'false', { value: false }],
    ['boolean', '1', { value: true }],
    ['boolean', '0', { value: false }],
    ['date', '2026-02-28', { date: '2026-02-28T00:00:00.000Z' }],
    ['date', '2026-02-28T10:00:00+02:00', { date: '2026-02-28T08:00:00.000Z' }],
    ['bigint', '9007199254740993', { bigint: '9007199254740993' }],
    ['string', '12', { value: '12' }],
    ['string', '', { value: '' }],
    ['array', 'one', { value: ['one'] }],
    ['level', '2', { value: 2 }],
    ['status', 'open', { value: 'open' }],
    ['unknown', '12', { value: '12' }],
  ])('%s: %j', async (type, text, expected) => {
    expect(await ask(type, text)).toEqual([200, expected]);
  });
});

describe('a query value that is none of what its parameter declares is 422', () => {
  it.each(['', ' ', '12abc', '1e999', '-1e999', 'Infinity', 'NaN', '0x1f', '1_000', '1,5', 'null', 'true', '١٢'])(
    'number: %j',
    async (text) => {
      expect(await ask('number', text)).toEqual(refusal('query', 'a number', 'isNumber'));
    },
  );

  it.each(['', 'yes', 'TRUE', '2', 'on', 'null'])('boolean: %j', async (text) => {
    expect(await ask('boolean', text)).toEqual(refusal('query', 'true or false', 'isBoolean'));
  });

  it.each(['', 'yesterday', '2026-02-30', '2026-13-01', '1', '2026-02-28T25:00:00Z'])('Date: %j', async (text) => {
    expect(await ask('date', text)).toEqual(refusal('query', 'a date of ISO 8601', 'isDate'));
  });

  it.each(['', '1.5', '1n', '9'.repeat(500)])('bigint: %j', async (text) => {
    expect(await ask('bigint', text)).toEqual(refusal('query', 'an integer', 'isBigInt'));
  });

  it('a repeated value where one is declared', async () => {
    expect(await answer(app, { url: '/string?v=a&v=b' })).toEqual(refusal('query', 'a single string', 'isString'));
    expect(await answer(app, { url: '/number?v=1&v=2' })).toEqual(refusal('query', 'a number', 'isNumber'));
  });
});

describe('a missing value', () => {
  it.each(['number', 'boolean', 'date', 'bigint', 'string', 'array', 'header', 'header-list', 'cookie'])(
    'stays undefined for the parameter of /%s, but for a list of headers, which is empty',
    async (path) => {
      expect(await answer(app, { url: `/${path}` })).toEqual([200, path === 'header-list' ? { value: [] } : 'nothing']);
    },
  );

  it('of a list of headers reaches pipes', async () => {
    expect(await answer(app, { url: '/header-list-default' })).toEqual([200, { value: ['none'] }]);
    const headers = { 'x-value': 'a' };
    expect(await answer(app, { url: '/header-list-default', headers })).toEqual([200, { value: ['a'] }]);
    expect((await answer(app, { url: '/header-list-parsed' }))[0]).toBe(422);
    expect(await answer(app, { url: '/header-list-parsed', headers })).toEqual([200, { value: ['a'] }]);
  });

  it('leaves the place to a default', async () => {
    expect(await answer(app, { url: '/default' })).toEqual([200, { value: 7 }]);
    expect(await answer(app, { url: '/default?v=8' })).toEqual([200, { value: 8 }]);
  });
});

describe.each(SOURCES)('from %s', (source) => {
  // A load balancer without multi-value headers hands over the last of several values, and so does VPC Lattice's first structure.
  const last = source === 'alb' || source === 'latticeV1';

  it('path parameters are decoded once and converted', async () => {
    expect(await answer(app, { source, url: '/path/12.5' })).toEqual([200, { value: 12.5 }]);
    expect(await answer(app, { source, url: '/path/12abc' })).toEqual(refusal('path', 'a number', 'isNumber'));
    expect(await answer(app, { source, url: '/paths/caf%C3%A9/100%25' })).toEqual([200, { a: 'café', b: '100%' }]);
  });

  it('query values are decoded once, and repeated ones a list', async () => {
    expect(await answer(app, { source, url: '/string?v=a%2Bb%26c%2525+d' })).toEqual([200, { value: 'a+b&c%25 d' }]);
    expect(await answer(app, { source, url: '/array?v=a&v=b,c' })).toEqual([
      200,
      { value: last ? ['b,c'] : ['a', 'b,c'] },
    ]);
    expect(await answer(app, { source, url: '/all?constructor=1&x=' })).toEqual([200, { constructor: '1', x: '' }]);
  });

  it('headers are found in any case and converted', async () => {
    const headers = { 'X-VALUE': '3' };
    expect(await answer(app, { source, url: '/header', headers })).toEqual([200, { value: 3 }]);
    expect(await answer(app, { source, url: '/headers', headers })).toEqual([200, { value: '3' }]);
    const refused = refusal('header', 'a number', 'isNumber', 'X-Value');
    expect(await answer(app, { source, url: '/header', headers: { 'x-value': '3px' } })).toEqual(refused);
  });

  it('cookies are converted', async () => {
    const headers = { cookie: 'v=false; other=a%20b; broken=%zz' };
    expect(await answer(app, { source, url: '/cookie', headers })).toEqual([200, { value: false }]);
    expect(await answer(app, { source, url: '/cookies', headers })).toEqual([
      200,
      { v: 'false', other: 'a b', broken: '%zz' },
    ]);
    const refused = refusal('cookie', 'true or false', 'isBoolean');
    expect(await answer(app, { source, url: '/cookie', headers: { cookie: 'v=maybe' } })).toEqual(refused);
  });

  it('form fields are converted', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const payload = 'n=1.5&b=false&d=2026-01-02&a=x&i=12';
    expect(await answer(app, { source, method: 'POST', url: '/form', headers, payload })).toEqual([
      200,
      [{ value: 1.5 }, { value: false }, { date: '2026-01-02T00:00:00.000Z' }, { value: ['x'] }, { bigint: '12' }],
    ]);
    const [status, body] = await answer(app, { source, method: 'POST', url: '/form', headers, payload: 'n=&b=&d=&i=' });
    expect(status).toBe(422);
    expect((body as { detail: { loc: unknown }[] }).detail.map(({ loc }) => loc)).toEqual(
      ['n', 'b', 'd', 'i'].map((name) => ['body', name]),
    );
  });
});

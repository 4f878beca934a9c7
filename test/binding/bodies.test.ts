import { Type } from 'class-transformer';
import { IsBoolean, IsDate, IsInt, IsString, ValidateNested } from 'class-validator';
import { Body, Form } from '../../src/decorators/parameters.js';
import { Controller, Patch, Post, Put } from '../../src/decorators/routes.js';
import type { TestingApplication } from '../../src/testing/testing-application.js';
import { answer, serve, SOURCES } from './serve.js';

class Line {
  @IsString() sku!: string;
  @IsInt() count!: number;
}

class Order {
  @IsString() name!: string;
  @IsBoolean() gift!: boolean;
  @ValidateNested({ each: true }) @Type(() => Line) lines!: Line[];
}

class Event {
  @IsDate() @Type(() => Date) at!: Date;
  @IsInt() count!: number;
}

@Controller()
class Bodies {
  @Post('order') order(order: Order) {
    return { isOrder: order instanceof Order, isLine: order.lines[0] instanceof Line, order };
  }
  @Patch('order') patch(@Body() order: Order) {
    return order.name;
  }
  @Put('event') event(event: Event) {
    return { at: event.at.getTime(), count: event.count };
  }
  @Post('anything', { consumes: 'any' }) anything(@Body() body: unknown) {
    return { body: Buffer.isBuffer(body) ? { bytes: [...body] } : (body ?? 'nothing') };
  }
  @Post('text') text(@Body() body: string) {
    return { text: body };
  }
  @Post('bytes') bytes(@Body() body: Buffer) {
    return body === null ? 'nothing' : [...body];
  }
  @Post('uint8') uint8(@Body() body: Uint8Array) {
    return [...body];
  }
  @Post('list') list(@Body() body: string[]) {
    return body ?? 'nothing';
  }
  @Post('count') count(@Body() body: number) {
    return body ?? 'nothing';
  }
  @Post('members')
  members(
    @Body('n') n: number,
    @Body('b') b: boolean,
    @Body('s') s: string,
    @Body('a') a: string[],
    @Body('d') d: Date,
    @Body('x') x: unknown,
  ) {
    return { n, b, s, a, d: d?.getTime(), x };
  }
  @Post('nested') nested(@Body('line') line: Line) {
    return { isLine: line instanceof Line, line };
  }
}

const JSON_TYPE = { 'content-type': 'application/json' };

let app: TestingApplication;

beforeAll(async () => {
  app = await serve(Bodies, { bodyLimit: 2000 });
});

function post(url: string, payload?: unknown, contentType?: string) {
  const headers: Record<string, string> = contentType === undefined ? {} : { 'content-type': contentType };
  return answer(app, { method: 'POST', url, payload, headers });
}

const order = { name: 'Ada', gift: true, lines: [{ sku: 'A-1', count: 2 }] };

describe.each(SOURCES)('from %s', (source) => {
  it('a class with rules is built of JSON and checked', async () => {
    const request = { source, method: 'POST', url: '/order' };
    expect(await answer(app, { ...request, payload: order })).toEqual([200, { isOrder: true, isLine: true, order }]);
    expect(await answer(app, { ...request, payload: { ...order, lines: [{ sku: 1, count: '2' }] } })).toEqual([
      422,
      {
        detail: [
          { loc: ['body', 'lines', 0, 'sku'], msg: 'sku must be a string', type: 'isString' },
          { loc: ['body', 'lines', 0, 'count'], msg: 'count must be an integer number', type: 'isInt' },
        ],
      },
    ]);
  });

  it('PATCH keeps its body', async () => {
    expect(await answer(app, { source, method: 'PATCH', url: '/order', payload: order })).toEqual([200, 'Ada']);
  });

  it('binary bodies arrive byte by byte', async () => {
    const payload = new Uint8Array([0xff, 0xfe, 0, 0x80]);
    const headers = { 'content-type': 'application/octet-stream' };
    for (const url of ['/bytes', '/uint8']) {
      expect(await answer(app, { source, method: 'POST', url, payload, headers })).toEqual([
        200,
        [0xff, 0xfe, 0, 0x80],
      ]);
    }
    expect(await answer(app, { source, method: 'POST', url: '/anything', payload, headers })).toEqual([
      200,
      { body: { bytes: [...payload] } },
    ]);
  });

  it('text keeps every character', async () => {
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    expect(await answer(app, { source, method: 'POST', url: '/text', payload: 'Grüße 🍋', headers })).toEqual([
      200,
      { text: 'Grüße 🍋' },
    ]);
  });

  it('a missing body is required where there are rules, and is one byte too many over the limit', async () => {
    expect(await answer(app, { source, method: 'POST', url: '/order' })).toEqual([
      422,
      { detail: [{ loc: ['body'], msg: 'body is required', type: 'required' }] },
    ]);
    const fits = JSON.stringify('x'.repeat(1998));
    expect(
      await answer(app, { source, method: 'POST', url: '/anything', payload: fits, headers: JSON_TYPE }),
    ).toMatchObject([200, {}]);
    expect(
      await answer(app, { source, method: 'POST', url: '/anything', payload: `${fits} `, headers: JSON_TYPE }),
    ).toEqual([413, { detail: 'The body has 2001 bytes; the limit is 2000' }]);
  });
});

describe('a JSON body', () => {
  it.each([
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/vnd.api+json',
    'application/problem+json;v=1',
  ])('is read as such with the type %s', async (contentType) => {
    expect((await post('/order', JSON.stringify(order), contentType))[0]).toBe(200);
  });

  it('is what is expected where no content type is sent', async () => {
    expect((await post('/order', JSON.stringify(order)))[0]).toBe(200);
  });

  it.each(['{', '{"a":1,}', "{'a':1}", 'undefined', 'a=1', '[1', '\u0000', '{"a":1}{"b":2}'])(
    'that is none, %j, is 400',
    async (payload) => {
      expect(await post('/order', payload, 'application/json')).toEqual([
        400,
        { detail: 'The body is not valid JSON' },
      ]);
      expect(await post('/anything', payload, 'application/json')).toEqual([
        400,
        { detail: 'The body is not valid JSON' },
      ]);
    },
  );

  it.each([
    ['null', null],
    ['list', []],
    ['list of one', [order]],
    ['string', 'x'],
    ['number', 1],
    ['boolean', true],
  ])('that is a %s is no object', async (_kind, payload) => {
    expect(await post('/order', JSON.stringify(payload), 'application/json')).toEqual([
      422,
      { detail: [{ loc: ['body'], msg: 'body must be an object', type: 'isObject' }] },
    ]);
  });

  it('converts nothing that no @Type asks for', async () => {
    expect(
      await answer(app, { method: 'PUT', url: '/event', payload: { at: '2026-01-01T00:00:00Z', count: 1 } }),
    ).toEqual([200, { at: Date.UTC(2026, 0, 1), count: 1 }]);
    expect(await answer(app, { method: 'PUT', url: '/event', payload: { at: '2026-01-01', count: '1' } })).toEqual([
      422,
      { detail: [{ loc: ['body', 'count'], msg: 'count must be an integer number', type: 'isInt' }] },
    ]);
  });

  it('gives its members by name, each checked against its declared type', async () => {
    const members = { n: 1.5, b: false, s: '', a: ['x'], d: '2026-01-01', x: { y: null } };
    expect(await post('/members', members)).toEqual([200, { ...members, d: Date.UTC(2026, 0, 1) }]);
    expect(await post('/members', {})).toEqual([200, {}]);
    expect(await post('/members', { n: '1', b: 'false', s: 1, a: {}, d: 'soon' })).toEqual([
      422,
      {
        detail: [
          { loc: ['body', 'n'], msg: 'n must be a number', type: 'isNumber' },
          { loc: ['body', 'b'], msg: 'b must be a boolean', type: 'isBoolean' },
          { loc: ['body', 's'], msg: 's must be a string', type: 'isString' },
          { loc: ['body', 'a'], msg: 'a must be an array', type: 'isArray' },
          { loc: ['body', 'd'], msg: 'd must be a date of ISO 8601', type: 'isDate' },
        ],
      },
    ]);
  });

  it.each([[null], [[]], ['text'], [1]])('without members, %j, has none of any name', async (payload) => {
    expect(await post('/members', JSON.stringify(payload), 'application/json')).toEqual([200, {}]);
  });

  it('has no member that only its prototype has', async () => {
    expect(await post('/nested', { toString: 1 })).toEqual([
      422,
      { detail: [{ loc: ['body', 'line'], msg: 'line is required', type: 'required' }] },
    ]);
  });

  it('builds one member where it is declared as a class', async () => {
    const line = { sku: 'A', count: 1 };
    expect(await post('/nested', { line })).toEqual([200, { isLine: true, line }]);
    expect(await post('/nested', { line: { sku: 'A' } })).toEqual([
      422,
      { detail: [{ loc: ['body', 'line', 'count'], msg: 'count must be an integer number', type: 'isInt' }] },
    ]);
  });

  it.each([
    ['list', []],
    ['string', 'x'],
    ['null', null],
  ])('%s is taken by a parameter of an open type', async (_kind, payload) => {
    expect(await post('/anything', JSON.stringify(payload), 'application/json')).toEqual([
      200,
      { body: payload ?? 'nothing' },
    ]);
  });

  it('has to be a list, or a number, where that is declared', async () => {
    expect(await post('/list', ['a'])).toEqual([200, ['a']]);
    expect(await post('/list', { length: 1 })).toEqual([
      422,
      { detail: [{ loc: ['body'], msg: 'body must be an array', type: 'isArray' }] },
    ]);
    expect(await post('/count', 4)).toEqual([200, 4]);
    expect(await post('/count', '"4"', 'application/json')).toEqual([
      422,
      { detail: [{ loc: ['body'], msg: 'body must be a number', type: 'isNumber' }] },
    ]);
  });
});

describe('a form body', () => {
  const FORM = 'application/x-www-form-urlencoded';

  it('is built by the declared types of a class', async () => {
    class Search {
      @IsInt() page!: number;
      @IsBoolean() open!: boolean;
      @IsDate() since!: Date;
      @IsString({ each: true }) tags!: string[];
    }
    @Controller()
    class Searches {
      @Post() search(@Form() search: Search) {
        return { ...search, isDate: search.since instanceof Date, isSearch: search instanceof Search };
      }
    }
    const searches = await serve(Searches);
    const headers = { 'content-type': FORM };
    expect(
      await answer(searches, {
        method: 'POST',
        url: '/',
        headers,
        payload: 'page=2&open=false&since=2026-01-01&tags=a',
      }),
    ).toEqual([
      200,
      { page: 2, open: false, since: '2026-01-01T00:00:00.000Z', tags: ['a'], isDate: true, isSearch: true },
    ]);
    const [status, body] = await answer(searches, {
      method: 'POST',
      url: '/',
      headers,
      payload: 'page=&open=maybe&since=x',
    });
    expect(status).toBe(422);
    expect((body as { detail: { loc: string[] }[] }).detail.map(({ loc }) => loc.join('.'))).toEqual([
      'body.page',
      'body.open',
      'body.since',
      'body.tags',
    ]);
  });

  it('is a record for a parameter of an open type', async () => {
    expect(await post('/anything', 'a=1&a=2&b=x+y&__proto__=z', FORM)).toEqual([
      200,
      { body: { a: ['1', '2'], b: 'x y' } },
    ]);
  });

  it('is 400 where its percent-encoding is broken', async () => {
    expect((await post('/anything', 'a=%zz', FORM))[0]).toBe(400);
  });
});

describe('a body of another type', () => {
  it.each(['text/plain', 'application/xml', 'application/octet-stream', 'application/jsonp', 'json'])(
    '%s is 415 where data is declared',
    async (contentType) => {
      const detail = `The body has to be application/json, not ${contentType}`;
      expect(await post('/order', '{}', contentType)).toEqual([415, { detail }]);
    },
  );

  it('is missing, not unsupported, where it is empty', async () => {
    expect((await post('/order', undefined, 'text/plain'))[0]).toBe(422);
  });

  it.each(['text/plain', 'application/xml', 'text/csv'])(
    '%s is text for a parameter of an open type that takes any',
    async (contentType) => {
      expect(await post('/anything', '<a/>', contentType)).toEqual([200, { body: '<a/>' }]);
    },
  );

  it('is text for a string parameter whatever type is sent', async () => {
    expect(await post('/text', '{"a":1}', 'application/json')).toEqual([200, { text: '{"a":1}' }]);
    expect(await post('/text')).toEqual([200, { text: '' }]);
  });

  it('is no bytes where there is none', async () => {
    expect(await post('/bytes')).toEqual([200, 'nothing']);
    expect(await post('/anything')).toEqual([200, { body: 'nothing' }]);
    expect(await post('/list')).toEqual([200, 'nothing']);
    expect(await post('/count')).toEqual([200, 'nothing']);
  });
});

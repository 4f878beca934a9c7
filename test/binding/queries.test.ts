import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import fc from 'fast-check';
import { Body, Cookies, Form, Headers, Query, Req } from '../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../src/decorators/routes.js';
import type { Request } from '../../src/http/request/request.js';
import type { TestingApplication } from '../../src/testing/testing-application.js';
import { DefaultValuePipe } from '../../src/validation/pipes/default-value-pipe.js';
import { ParseArrayPipe } from '../../src/validation/pipes/parse-array-pipe.js';
import { answer, serve, SOURCES } from './serve.js';

class Range {
  @IsInt() id!: number;
  @IsOptional() @IsBoolean() open?: boolean;
}

class Search {
  @IsOptional() @IsArray() @IsInt({ each: true }) @Type(() => Number) ids?: number[];
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Range) r?: Range[];
  @IsOptional() @ValidateNested() @Type(() => Range) one?: Range;
  @IsOptional() @IsString() q?: string;
}

const own = (record: object) => [
  Object.keys(record),
  Object.getPrototypeOf(Object.assign({}, record)) === Object.prototype,
];

@Controller()
class Queries {
  @Get('url') url(@Req() request: Request) {
    return { url: request.url, query: request.query };
  }
  @Get('dto') dto(@Query() search: Search) {
    return search;
  }
  @Get('ids') ids(@Query('ids') ids: string[]) {
    return { ids };
  }
  @Get('split') split(@Query('ids', ParseArrayPipe) ids: string[]) {
    return { ids };
  }
  @Get('bars') bars(@Query('ids', new DefaultValuePipe('x'), new ParseArrayPipe({ separator: '|' })) ids: string[]) {
    return { ids };
  }
  @Get('numbers') numbers(@Query('ids', new ParseArrayPipe({ items: Number, optional: true })) ids?: number[]) {
    return { ids };
  }
  @Get('range') range(@Query('r', Range) range: unknown) {
    return { range };
  }
  @Get('raw') raw(@Query() query: object, @Query('__proto__') named: unknown) {
    return [own(query), named ?? 'nothing'];
  }
  @Get('headers') headers(@Headers() headers: object) {
    return own(headers);
  }
  @Get('cookies') cookies(@Cookies() cookies: object) {
    return own(cookies);
  }
  @Post('raw') form(@Form() form: object) {
    return own(form);
  }
  @Post('form') formDto(@Form() search: Search) {
    return search;
  }
  @Post('json') json(@Body() body: object) {
    return own(body);
  }
}

let flat: TestingApplication;
let nested: TestingApplication;

beforeAll(async () => {
  flat = await serve(Queries);
  nested = await serve(Queries, { query: 'nested', validation: { whitelist: true, forbidNonWhitelisted: true } });
});

const URLENCODED = { 'content-type': 'application/x-www-form-urlencoded' };
/** Those that hand over the query as it was sent. */
const RAW: readonly string[] = ['apiGatewayV2', 'functionUrl', 'alb', 'albMultiValue', 'latticeV2'];
/** Those that hand over the last value of a name alone. */
const LAST: readonly string[] = ['alb', 'latticeV1'];

describe.each(SOURCES)('from %s', (source) => {
  const get = (url: string, app = flat) => answer(app, { source, url });

  test('a comma that is percent-encoded belongs to its item, where the source tells', async () => {
    const ids = RAW.includes(source) ? ['a', 'b,c'] : ['a', 'b', 'c'];
    expect(await get('/split?ids=a,b%2Cc')).toEqual([200, { ids }]);
    expect(await get('/split?x=1&ids=a,b%2Cc&y=2')).toEqual([200, { ids }]);
    expect(await get('/split?%69ds=a,b%2cc')).toEqual([200, { ids }]);
    expect(await get('/bars?ids=a|b%7Cc+d')).toEqual([
      200,
      { ids: RAW.includes(source) ? ['a', 'b|c d'] : ['a', 'b', 'c d'] },
    ]);
  });

  test('where no comma stands as itself, all of them separate: URLSearchParams encodes every one', async () => {
    expect(await get('/split?ids=a%2Cb%2Cc')).toEqual([200, { ids: ['a', 'b', 'c'] }]);
    expect(await get('/numbers?ids=1%2C2')).toEqual([200, { ids: [1, 2] }]);
    expect(await get('/numbers?ids=1,2')).toEqual([200, { ids: [1, 2] }]);
    expect(await get('/numbers?ids=1')).toEqual([200, { ids: [1] }]);
    expect(await get('/numbers')).toEqual([200, {}]);
    expect((await get('/numbers?ids='))[0]).toBe(422);
    expect(await get('/bars')).toEqual([200, { ids: ['x'] }]);
  });

  test('a value that is empty stays in the url and in the query', async () => {
    expect(await get('/url?foo=')).toEqual([200, { url: '/url?foo=', query: { foo: '' } }]);
    expect(await get('/url?foo=&bar=1')).toEqual([200, { url: '/url?foo=&bar=1', query: { foo: '', bar: '1' } }]);
    expect(await get('/url')).toEqual([200, { url: '/url', query: {} }]);
  });

  test('names with brackets are lists, of one value as well', async () => {
    const wanted = LAST.includes(source) ? ['2'] : ['1', '2'];
    for (const query of ['ids[]=1&ids[]=2', 'ids%5B%5D=1&ids%5B%5D=2']) {
      for (const app of [flat, nested]) {
        expect(await get(`/dto?${query}`, app)).toEqual([200, { ids: wanted.map(Number) }]);
        expect(await get(`/ids?${query}`, app)).toEqual([200, { ids: wanted }]);
        expect(await get(`/numbers?${query}`, app)).toEqual([200, { ids: wanted.map(Number) }]);
      }
    }
    expect(await get('/url?ids[]=1')).toMatchObject([200, { query: { ids: ['1'] } }]);
    expect((await get('/dto?ids[]=x'))[0]).toBe(422);
  });

  test('nested names make objects and lists, whose texts convert as declared', async () => {
    const query = 'r[1][id]=2&r[0][id]=1&r[0][open]=true&one[id]=7&q=x';
    expect(await get(`/dto?${query}`, nested)).toEqual([
      200,
      { r: [{ id: 1, open: true }, { id: 2 }], one: { id: 7 }, q: 'x' },
    ]);
    expect(await get(`/dto?${query.replaceAll('[', '%5B').replaceAll(']', '%5D')}`, nested)).toMatchObject([
      200,
      { r: [{ id: 1 }, { id: 2 }] },
    ]);
    expect(await get('/range?r[id]=5', nested)).toEqual([200, { range: { id: 5 } }]);
    expect(await get('/dto?r[0][id]=x', nested)).toEqual([
      422,
      { detail: [{ loc: ['query', 'r', 0, 'id'], msg: 'id must be an integer number', type: 'isInt' }] },
    ]);
    expect((await get('/dto?r[0][id]=1&r[0][x]=2', nested))[0]).toBe(422);
    expect(await get(`/url?${query}`)).toMatchObject([200, { query: { 'r[0][id]': '1', q: 'x' } }]);
  });

  test('forms are alike', async () => {
    const post = (payload: string, app: TestingApplication) =>
      answer(app, { source, method: 'POST', url: '/form', payload, headers: URLENCODED });
    for (const app of [flat, nested]) expect(await post('ids[]=1&ids[]=2', app)).toEqual([200, { ids: [1, 2] }]);
    expect(await post('r[0][id]=1&one%5Bid%5D=7', nested)).toEqual([200, { r: [{ id: 1 }], one: { id: 7 } }]);
    const parts = ['r[0][id]', 'ids[]']
      .map((name) => `--XX\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n1\r\n`)
      .join('');
    const headers = { 'content-type': 'multipart/form-data; boundary=XX' };
    expect(
      await answer(nested, { source, method: 'POST', url: '/form', payload: `${parts}--XX--\r\n`, headers }),
    ).toEqual([200, { ids: [1], r: [{ id: 1 }] }]);
  });

  test.each([
    '__proto__=a',
    '__proto__=a&__proto__=b',
    '__proto__[]=a&__proto__[]=b',
    '%5F_proto__=a&%5f_proto__=b',
    '__proto__[x]=a',
    '__proto__[0]=a',
    'a[__proto__]=1&a[__proto__]=2',
    'a[__proto__][x]=1',
    'constructor[prototype][x]=1',
    'a[constructor][prototype][x]=1',
  ])('%s sets no prototype, whoever copies it', async (query) => {
    for (const app of [flat, nested]) {
      const [status, [[names, isPlain], named]] = (await get(`/raw?${query}`, app)) as [
        number,
        [[string[], boolean], unknown],
      ];
      expect([status, names.includes('__proto__'), isPlain, named]).toEqual([200, false, true, 'nothing']);
      const [, [fields, ofForm]] = (await answer(app, {
        source,
        method: 'POST',
        url: '/raw',
        payload: query,
        headers: URLENCODED,
      })) as [number, [string[], boolean]];
      expect([fields.includes('__proto__'), ofForm]).toEqual([false, true]);
    }
  });

  test('headers and cookies are alike', async () => {
    const headers = { __proto__x: 'a', ...JSON.parse('{"__proto__":"a","cookie":"__proto__=a; b=c"}') } as Record<
      string,
      string
    >;
    const [, [names, isPlain]] = (await answer(flat, { source, url: '/headers', headers })) as [
      number,
      [string[], boolean],
    ];
    expect([names.includes('__proto__'), isPlain]).toEqual([false, true]);
    expect(await answer(flat, { source, url: '/cookies', headers })).toEqual([200, [['b'], true]]);
  });
});

const deep = (levels: number) => `a${'[b]'.repeat(levels - 1)}=1`;

describe('a nested query', () => {
  it.each<[string, unknown]>([
    ['a[b][c]=1', { a: { b: { c: '1' } } }],
    ['a[]=1', { a: ['1'] }],
    ['a[0]=1', { a: ['1'] }],
    ['a[999999999]=1&a[5]=0', { a: ['0', '1'] }],
    ['a[99999999999]=1', { a: { 99999999999: '1' } }],
    ['a[0]=1&a[x]=2', { a: { 0: '1', x: '2' } }],
    ['a=1&a=2', { a: ['1', '2'] }],
    ['a=1&a[]=2&a[0]=3', { a: ['1', '3', '2'] }],
    ['a[0]=1&a[0]=2', { a: [['1', '2']] }],
    ['a[][b]=1&a[][b]=2', { a: [{ b: '1' }, { b: '2' }] }],
    ['a[-1]=1&a[01]=2', { a: { '-1': '1', '01': '2' } }],
    [
      'a[toString]=1&a[length]=2&constructor=3&a[constructor]=4',
      { a: { toString: '1', length: '2', constructor: '4' }, constructor: '3' },
    ],
    [
      'a[b=1&a]b=2&[x]=3&a[b]c=4&[]=5&a[[b]]=6&=7',
      { 'a[b': '1', 'a]b': '2', '[x]': '3', 'a[b]c': '4', '[]': '5', 'a[[b]]': '6', '': '7' },
    ],
    ['a.b=1', { 'a.b': '1' }],
    ['a[b.c]=1&a[%20]=2&a[b%26c]=3', { a: { 'b.c': '1', ' ': '2', 'b&c': '3' } }],
    ['a[]', { a: [''] }],
  ])('%s', async (query, wanted) => {
    expect(JSON.stringify(((await answer(nested, { url: `/url?${query}` }))[1] as { query: unknown }).query)).toBe(
      JSON.stringify(wanted),
    );
  });

  it('with a value where there are members is 400, whatever comes first', async () => {
    for (const query of ['a=1&a[b]=2', 'a[b]=2&a=1', 'a[]=1&a[b]=2', 'x[a]=1&x[a][b]=1']) {
      expect(await answer(nested, { url: `/url?${query}` })).toEqual([
        400,
        { detail: '"a" has both a value and members' },
      ]);
    }
  });

  it('is bounded in depth and in number, as is a form', async () => {
    const tooDeep = [400, { detail: 'The input is nested more than 64 levels deep' }];
    expect((await answer(nested, { url: `/url?${deep(64)}` }))[0]).toBe(200);
    expect(await answer(nested, { url: `/url?${deep(65)}` })).toEqual(tooDeep);
    expect(await answer(nested, { url: `/url?${deep(20_000)}` })).toEqual(tooDeep);
    expect((await answer(nested, { url: `/url?${'a[]=1&'.repeat(10_001)}` }))[0]).toBe(400);
    const post = (payload: string) => answer(nested, { method: 'POST', url: '/raw', payload, headers: URLENCODED });
    expect(await post(deep(65))).toEqual(tooDeep);
    expect((await post('a[]=1&'.repeat(1001)))[0]).toBe(413);
  });

  it('has each value once, wherever its brackets put it', async () => {
    const key = fc.constantFrom('a', 'b', '0', '1', '', 'toString', 'constructor', '__proto__', 'prototype');
    const name = fc
      .tuple(fc.constantFrom('a', 'b', '__proto__', 'constructor'), fc.array(key, { maxLength: 4 }))
      .map(([root, keys]) => root + keys.map((each) => `[${each}]`).join(''));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(name, { maxLength: 6 }), async (names) => {
        const [status, body] = await answer(nested, {
          url: `/url?${names.map((each, index) => `${each}=v${index}`).join('&')}`,
        });
        expect([200, 400]).toContain(status);
        if (status === 400) return;
        const text = JSON.stringify((body as { query: unknown }).query);
        const kept = names.filter((each) => !/__proto__|constructor\]?\[prototype\]/.test(each));
        expect([...text.matchAll(/"v\d+"/g)]).toHaveLength(kept.length);
        expect(text).not.toContain('__proto__');
      }),
      { numRuns: 200 },
    );
  });
});

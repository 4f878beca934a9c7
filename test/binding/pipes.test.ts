import 'reflect-metadata';
import { IsInt, IsOptional, IsString, Length } from 'class-validator';
import * as valibot from 'valibot';
import * as zod from 'zod';
import { APP_PIPE } from '../../src/contracts/app-tokens.js';
import type { ArgumentMetadata, PipeTransform } from '../../src/contracts/pipeline.js';
import type { StandardSchema } from '../../src/contracts/standard-schema.js';
import { UsePipes } from '../../src/decorators/enhancers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Body, Cookies, createParamDecorator, Headers, Param, Query, Req } from '../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../src/decorators/routes.js';
import { HttpException } from '../../src/errors/http-exception.js';
import type { Request } from '../../src/http/request/request.js';
import { Scope } from '../../src/shared/provider.js';
import type { Constructor } from '../../src/shared/types.js';
import { DefaultValuePipe } from '../../src/validation/pipes/default-value-pipe.js';
import { ParseArrayPipe } from '../../src/validation/pipes/parse-array-pipe.js';
import { ParseEnumPipe, ParseIntPipe } from '../../src/validation/pipes/parse-pipes.js';
import { ValidationPipe } from '../../src/validation/pipes/validation-pipe.js';
import { answer, serve } from './serve.js';

type Told = [pipe: string, value: unknown, metadata: ArgumentMetadata];

/** A pipe that adds its letter and writes down what it was told. */
function spy(letter: string, told: Told[] = []): PipeTransform {
  return {
    transform(value, metadata) {
      told.push([letter, value, metadata]);
      return typeof value === 'string' ? value + letter : value;
    },
  };
}

class Search {
  @IsString() @Length(2, 10) q!: string;
  @IsOptional() @IsInt() page?: number;
}

const tooShort = { loc: ['query', 'q'], msg: 'q must be longer than or equal to 2 characters', type: 'isLength' };

describe('the pipes of an argument', () => {
  it('run from the global ones over the controller’s and the method’s to its own, on each level as they are bound', async () => {
    @Controller()
    @UsePipes(spy('c'), spy('d'))
    class Ordered {
      @Get()
      @UsePipes(spy('m'))
      @UsePipes(spy('n'))
      get(@Query('v', spy('p'), spy('q')) v: string, @Query('v') w: string) {
        return [v, w];
      }
    }
    const app = await serve(Ordered, {
      pipes: [spy('g'), spy('h')],
      providers: [{ provide: APP_PIPE, useValue: spy('a') }],
    });
    expect(await answer(app, { url: '/?v=-' })).toEqual([200, ['-aghcdnmpq', '-aghcdnm']]);
  });

  it('are told the kind, the declared type and the key of what they work for', async () => {
    const told: Told[] = [];
    const own: Told[] = [];
    const Mine = createParamDecorator(() => 'mine');
    const Named = createParamDecorator(() => 1);
    @Controller()
    class Kinds {
      @Post(':id')
      post(
        @Param('id') _id: number,
        @Query() _query: object,
        @Headers('X-Tag') _tag: string,
        @Cookies('c') _c: Date,
        @Body() _body: Search,
        @Mine() _mine: string,
        @Named('n', spy('', own)) _named: number,
        @Named({ key: 'n' }, spy('', own)) _other: Date,
      ) {}
    }
    const app = await serve(Kinds, { pipes: [spy('', told)] });
    await answer(app, {
      method: 'POST',
      url: '/1?a=b',
      headers: { 'x-tag': 't', cookie: 'c=2026-01-01' },
      payload: { q: 'abc' },
    });
    const byKind = new Map(told.slice(0, -2).map(([, , metadata]) => [metadata.type, metadata]));
    expect([...byKind.values()]).toHaveLength(told.length - 2);
    expect(own.map(([, , metadata]) => metadata)).toEqual([
      { type: 'custom', metatype: Number, data: 'n' },
      { type: 'custom', metatype: Date, data: undefined },
    ]);
    expect(
      ['param', 'query', 'headers', 'cookies', 'body', 'custom'].map((kind) => byKind.get(kind as 'body')),
    ).toEqual([
      { type: 'param', metatype: Number, data: 'id' },
      { type: 'query', metatype: Object, data: undefined },
      { type: 'headers', metatype: String, data: 'X-Tag' },
      { type: 'cookies', metatype: Date, data: 'c' },
      { type: 'body', metatype: Search, data: undefined },
      { type: 'custom', metatype: String, data: undefined },
    ]);
  });

  // A pipe that was taken for data would never check anything.
  it('of a decorator of one’s own may be all that it is given, as an instance and as a class', async () => {
    class Twice implements PipeTransform<string, string> {
      transform(value: string) {
        return value + value;
      }
    }
    const Found = createParamDecorator((data: unknown, { request }) => (data === undefined ? request.query['v'] : 0));
    @Controller()
    class Custom {
      @Get() get(
        @Found(new Twice()) a: string,
        @Found(Twice) b: string,
        @Found(Twice, new Twice()) c: string,
        @Found(ParseIntPipe) d: number,
        @Found(Search) e: number,
        @Found({ transform: 'data' }) f: number,
      ) {
        return [a, b, c, d, e, f];
      }
    }
    const app = await serve(Custom);
    expect(await answer(app, { url: '/?v=1' })).toEqual([200, ['11', '11', '1111', 1, 0, 0]]);
    expect((await answer(app, { url: '/?v=x' }))[0]).toBe(422);
  });

  it('see converted values, of a parameter with pipes of its own the raw one', async () => {
    const told: Told[] = [];
    @Controller()
    class Values {
      @Get() get(@Query('a') a: number, @Query('b', spy('own', told)) b: number) {
        return [a, typeof b];
      }
    }
    const app = await serve(Values, { pipes: [spy('global', told)] });
    expect(await answer(app, { url: '/?a=1' })).toEqual([200, [1, 'undefined']]);
    told.length = 0;
    expect((await answer(app, { url: '/?a=1&b=2' }))[0]).toBe(422);
    expect(told.map(([pipe, value]) => [pipe, value])).toEqual([
      ['global', 1],
      ['global', '2'],
      ['own', '2global'],
    ]);
  });

  it('leave what they turned into no string as it is, and have strings converted afterwards', async () => {
    @Controller()
    class After {
      @Get() get(@Query('n', new DefaultValuePipe('5')) n: number, @Query('d', new DefaultValuePipe(7)) d: number) {
        return [n, d];
      }
    }
    const app = await serve(After);
    expect(await answer(app, { url: '/' })).toEqual([200, [5, 7]]);
    expect(await answer(app, { url: '/?n=1&d=2' })).toEqual([200, [1, 2]]);
  });

  it('do not see what comes from inside', async () => {
    const told: Told[] = [];
    @Controller()
    class Inside {
      @Get() get(@Req() request: Request) {
        return request.path;
      }
    }
    const app = await serve(Inside, { pipes: [spy('g', told)] });
    expect(await answer(app, { url: '/' })).toEqual([200, '/']);
    expect(told).toEqual([]);
  });

  it('may be classes, injected and of any scope, or asynchronous', async () => {
    class Prefixes {
      readonly prefix = 'p-';
    }
    @Injectable()
    class PrefixPipe implements PipeTransform<string, Promise<string>> {
      constructor(private readonly prefixes: Prefixes) {}
      async transform(value: string) {
        return this.prefixes.prefix + value;
      }
    }
    @Injectable({ scope: Scope.REQUEST })
    class CountPipe implements PipeTransform<string, string> {
      #count = 0;
      transform(value: string) {
        return `${value}${(this.#count += 1)}`;
      }
    }
    @Controller()
    class Classes {
      @Get() get(@Query('a', PrefixPipe, CountPipe) a: string, @Query('b', CountPipe) b: string) {
        return [a, b].toSorted();
      }
    }
    const app = await serve(Classes, { providers: [Prefixes] });
    // One pipe an event for both parameters, whichever comes to it first.
    for (let event = 0; event < 2; event++)
      expect(await answer(app, { url: '/?a=x&b=y' })).toEqual([200, ['p-x2', 'y1']]);
  });

  it('refuse with what they throw', async () => {
    const teapot = {
      transform() {
        throw new HttpException(418, { why: 'short and stout' });
      },
    };
    @Controller()
    class Refusing {
      @Get('int') int(@Query('v', ParseIntPipe) v: number) {
        return v;
      }
      @Get('array') array(@Query('v', new ParseArrayPipe({ items: Number })) v: number[]) {
        return v;
      }
      @Get('enum') enum(@Query('v', new ParseEnumPipe({ A: 'a', B: 'b' })) v: string) {
        return v;
      }
      @Get('teapot') teapot(@Query('v', teapot) v: string) {
        return v;
      }
    }
    const app = await serve(Refusing);
    expect(await answer(app, { url: '/int?v=1.5' })).toEqual([
      422,
      { detail: [{ loc: ['query', 'v'], msg: 'v must be an integer', type: 'isInt' }] },
    ]);
    expect(await answer(app, { url: '/int?v=15' })).toEqual([200, 15]);
    expect(await answer(app, { url: '/array?v=1,2,3' })).toEqual([200, [1, 2, 3]]);
    expect(await answer(app, { url: '/array?v=1,x,3' })).toEqual([
      422,
      { detail: [{ loc: ['query', 'v', 1], msg: expect.stringContaining('a number'), type: 'isNumber' }] },
    ]);
    expect(await answer(app, { url: '/enum?v=c' })).toEqual([
      422,
      { detail: [{ loc: ['query', 'v'], msg: 'v must be one of a, b', type: 'isEnum' }] },
    ]);
    expect(await answer(app, { url: '/teapot' })).toEqual([418, { detail: { why: 'short and stout' } }]);
  });
});

describe('a class with rules', () => {
  @Controller()
  class Classes {
    @Get('declared') declared(@Query() search: Search) {
      return { search, is: search instanceof Search };
    }
    @Get('given') given(@Query(Search) search: unknown) {
      return { search, is: search instanceof Search };
    }
    @Post('given', { consumes: ['json', 'form'] }) body(@Body(Search) search: unknown) {
      return { search, is: search instanceof Search };
    }
    @Post('member') member(@Body('search', Search) search: unknown) {
      return { search, is: search instanceof Search };
    }
    @Get('path/:q') path(@Param() search: Search) {
      return { search, is: search instanceof Search };
    }
    @Get('header') header(@Headers() search: Search) {
      return { q: search.q, page: search.page, is: search instanceof Search };
    }
    @Get('cookie') cookie(@Cookies() search: Search) {
      return { search, is: search instanceof Search };
    }
  }
  const found = { search: { q: 'abc', page: 2 }, is: true };

  it('builds and converts the query, path, headers and cookies', async () => {
    const app = await serve(Classes);
    expect(await answer(app, { url: '/declared?q=abc&page=2' })).toEqual([200, found]);
    expect(await answer(app, { url: '/given?q=abc&page=2' })).toEqual([200, found]);
    expect(await answer(app, { url: '/path/abc' })).toEqual([200, { search: { q: 'abc' }, is: true }]);
    expect(await answer(app, { url: '/header', headers: { q: 'abc', page: '2' } })).toEqual([
      200,
      { q: 'abc', page: 2, is: true },
    ]);
    expect(await answer(app, { url: '/cookie', headers: { cookie: 'q=abc; page=2' } })).toEqual([200, found]);
  });

  it.each([
    ['/declared?q=a', {}, 'query'],
    ['/given?q=a', {}, 'query'],
    ['/path/a', {}, 'path'],
    ['/header', { q: 'a' }, 'header'],
    ['/cookie', { cookie: 'q=a' }, 'cookie'],
  ])('refuses GET %s, saying where', async (url, headers, where) => {
    const app = await serve(Classes);
    expect(await answer(app, { url, headers })).toEqual([422, { detail: [{ ...tooShort, loc: [where, 'q'] }] }]);
  });

  it('that is given as a pipe counts as the declared type, for JSON and for forms', async () => {
    const app = await serve(Classes);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await answer(app, { method: 'POST', url: '/given', payload: { q: 'abc', page: 2 } })).toEqual([200, found]);
    expect((await answer(app, { method: 'POST', url: '/given', payload: { q: 'abc', page: '2' } }))[0]).toBe(422);
    expect(await answer(app, { method: 'POST', url: '/given', headers, payload: 'q=abc&page=2' })).toEqual([
      200,
      found,
    ]);
    expect(await answer(app, { method: 'POST', url: '/member', payload: found })).toEqual([200, found]);
    expect(await answer(app, { method: 'POST', url: '/member', payload: {} })).toEqual([
      422,
      { detail: [{ loc: ['body', 'search'], msg: 'search is required', type: 'required' }] },
    ]);
  });

  it('obeys the validation option of the application', async () => {
    const app = await serve(Classes, { validation: { whitelist: true } });
    expect(await answer(app, { url: '/declared?q=abc&page=2&x=1' })).toEqual([200, found]);
    const strict = await serve(Classes, { validation: { whitelist: true, forbidNonWhitelisted: true } });
    expect(await answer(strict, { url: '/declared?q=abc&x=1' })).toEqual([
      422,
      { detail: [{ loc: ['query', 'x'], msg: 'property x should not exist', type: 'whitelistValidation' }] },
    ]);
  });
});

function controllerWith(decorator: ClassDecorator & MethodDecorator, ...pipes: PipeTransform[]): Constructor {
  @Controller()
  class Validated {
    @Post('', { consumes: ['json', 'form'] }) @decorator post(@Body(...pipes) search: Search) {
      return { search, is: search instanceof Search };
    }
  }
  return Validated;
}

describe('a ValidationPipe takes the work over', () => {
  class Strict extends ValidationPipe {
    constructor() {
      super({ whitelist: true, forbidNonWhitelisted: true, errorHttpStatusCode: 400 });
    }
  }

  const nothing = (() => undefined) as ClassDecorator & MethodDecorator;
  const refusal = { detail: [{ loc: ['body', 'x'], msg: 'property x should not exist', type: 'whitelistValidation' }] };

  it.each<[string, () => Promise<Awaited<ReturnType<typeof serve>>>]>([
    ['as a global pipe', () => serve(controllerWith(nothing), { pipes: [new Strict()] })],
    ['as a global class', () => serve(controllerWith(nothing), { pipes: [Strict] })],
    ['as APP_PIPE', () => serve(controllerWith(nothing), { providers: [{ provide: APP_PIPE, useClass: Strict }] })],
    ['on the method', () => serve(controllerWith(UsePipes(new Strict())))],
    ['on the parameter', () => serve(controllerWith(nothing, new Strict()))],
  ])('%s, with the options that it was given', async (_where, create) => {
    const app = await create();
    expect(await answer(app, { method: 'POST', url: '/', payload: { q: 'abc' } })).toEqual([
      200,
      { search: { q: 'abc' }, is: true },
    ]);
    expect(await answer(app, { method: 'POST', url: '/', payload: { q: 'abc', x: 1 } })).toEqual([400, refusal]);
  });

  it('for forms too, whose strings it converts', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const app of [
      await serve(controllerWith(nothing), { pipes: [new Strict()] }),
      await serve(controllerWith(nothing, new Strict())),
    ]) {
      const post = (payload: unknown, type = {}) => answer(app, { method: 'POST', url: '/', headers: type, payload });
      expect(await post('q=abc&page=2', headers)).toEqual([200, { search: { q: 'abc', page: 2 }, is: true }]);
      expect((await post('q=abc&page=two', headers))[0]).toBe(400);
      expect((await post({ q: 'abc', page: '2' }))[0]).toBe(400);
    }
  });

  it('but not for what a decorator of one’s own gives', async () => {
    const found = Object.assign(new Search(), { q: '' });
    const Found = createParamDecorator((search: Search | undefined) => search);
    @Controller()
    class Custom {
      @Get() get(@Found(found) search: Search, @Found() none: Search | undefined) {
        return [search === found, none === undefined];
      }
    }
    expect(await answer(await serve(Custom, { pipes: [new Strict()] }), { url: '/' })).toEqual([200, [true, true]]);
  });

  it('and may make errors of its own', async () => {
    const pipe = new ValidationPipe({
      exceptionFactory: (details) =>
        new HttpException(
          409,
          details.map(({ type }) => type),
        ),
    });
    const app = await serve(controllerWith(nothing), { pipes: [pipe] });
    expect(await answer(app, { method: 'POST', url: '/', payload: { q: 1 } })).toEqual([
      409,
      { detail: ['isLength', 'isString'] },
    ]);
  });
});

/** arktype's schemas are functions; arktype itself is held against the schema reader in test/validation. */
const callable: StandardSchema = Object.assign(() => undefined, {
  '~standard': {
    version: 1 as const,
    vendor: 'arktype',
    validate: (value: unknown) => {
      const { name, tags = [] } = (value ?? {}) as { name?: unknown; tags?: unknown[] };
      const issues = [
        ...(typeof name === 'string' ? [] : [{ message: 'name must be a string', path: ['name'], code: 'domain' }]),
        ...tags.flatMap((tag, index) =>
          typeof tag === 'string' ? [] : [{ message: 'no string', path: ['tags', index], code: 'domain' }],
        ),
      ];
      return issues.length > 0 ? { issues } : { value: { name, tags } };
    },
  },
});

describe.each<[string, StandardSchema<never>, string]>([
  [
    'zod',
    zod.object({ name: zod.string(), tags: zod.array(zod.string()).default([]) }) as StandardSchema<never>,
    'invalid_type',
  ],
  [
    'valibot',
    valibot.object({
      name: valibot.string(),
      tags: valibot.optional(valibot.array(valibot.string()), []),
    }) as StandardSchema<never>,
    'string',
  ],
  ['arktype', callable as StandardSchema<never>, 'domain'],
])('a schema of %s', (_vendor, schema, type) => {
  @Controller()
  class Schemas {
    @Post() post(@Body(schema) order: { name: string; tags: string[] }) {
      return order;
    }
  }

  it('gives its output to the method', async () => {
    const app = await serve(Schemas);
    expect(await answer(app, { method: 'POST', url: '/', payload: { name: 'Ada' } })).toEqual([
      200,
      { name: 'Ada', tags: [] },
    ]);
  });

  it('refuses what it does not take, saying where and why', async () => {
    const app = await serve(Schemas);
    const [status, refused] = await answer(app, { method: 'POST', url: '/', payload: { name: 1, tags: ['a', 2] } });
    const { detail } = refused as { detail: { loc: unknown[]; msg: string; type: string }[] };
    expect(status).toBe(422);
    expect(detail.map(({ loc }) => loc)).toEqual([
      ['body', 'name'],
      ['body', 'tags', 1],
    ]);
    expect(detail.map((one) => one.type)).toEqual([type, type]);
    expect(detail.every(({ msg }) => msg.length > 0)).toBe(true);
    expect((await answer(app, { method: 'POST', url: '/' }))[0]).toBe(422);
  });
});

describe('a schema', () => {
  it('reads one value of the query', async () => {
    @Controller()
    class Pages {
      @Get() get(@Query('page', zod.coerce.number().int().max(9)) page: number) {
        return page;
      }
    }
    const app = await serve(Pages);
    expect(await answer(app, { url: '/?page=3' })).toEqual([200, 3]);
    expect(await answer(app, { url: '/?page=10' })).toMatchObject([
      422,
      { detail: [{ loc: ['query', 'page'], type: 'too_big' }] },
    ]);
  });

  it('may be asynchronous', async () => {
    const known = zod.object({ sku: zod.string().refine(async (sku) => sku === 'A-1', 'Unknown sku') });
    @Controller()
    class Orders {
      @Post() post(@Body(known) order: object) {
        return order;
      }
    }
    const app = await serve(Orders);
    expect(await answer(app, { method: 'POST', url: '/', payload: { sku: 'A-1' } })).toEqual([200, { sku: 'A-1' }]);
    expect(await answer(app, { method: 'POST', url: '/', payload: { sku: 'B-1' } })).toEqual([
      422,
      { detail: [{ loc: ['body', 'sku'], msg: 'Unknown sku', type: 'custom' }] },
    ]);
  });
});

import { ApiResponse } from '../../../src/decorators/api.js';
import { Controller, Delete, Get, HttpCode, Redirect } from '../../../src/decorators/routes.js';
import { NotFoundException } from '../../../src/errors/exceptions.js';
import { Response } from '../../../src/http/response/response.js';
import { returnsNothing } from '../../../src/openapi/operation/method-result.js';
import { inject } from '../../../src/testing/inject.js';
import { appOf, SOURCES } from '../../application/create-app.js';
import { captureStdout } from '../../logging/captured-stdout.js';
import { documentOf } from '../documented.js';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

const done = async () => undefined;
let known = true;

/** As a decorator that traces calls puts a function in the method's place. */
const wrapped: MethodDecorator = (_target, _key, descriptor) => {
  const original = descriptor.value as unknown as () => unknown;
  descriptor.value = (() => original()) as never;
};

@Controller()
class Things {
  @Delete('removed') async removed(): Promise<void> {
    await done();
  }
  @Delete('void') void(): void {}
  @Delete('inferred') inferred() {
    known = true;
  }
  @Delete('guarded') async guarded(): Promise<void> {
    // It returns at once where there is nothing to do: return this.orders.remove(id) would be another answer.
    if (!known) throw new NotFoundException();
    if (known) return;
    await done();
  }
  @Get('none') none() {
    return null;
  }
  @Get('undefined') undefined() {
    return undefined;
  }
  @Get('value') value() {
    return { a: 1 };
  }
  @Get('later') async later() {
    return { a: 1 };
  }
  @Get('inner') async inner() {
    return [1].map((one) => one);
  }
  @Get('text') text(): string {
    return 'a';
  }
  @Get('wrapped') @wrapped wrapped() {
    return 1;
  }
  @Get('accepted') @HttpCode(202) async accepted(): Promise<void> {
    await done();
  }
  @Get('asked') asked(res: Response) {
    res.statusCode = 200;
  }
  @Get('moved') @Redirect('/new') moved() {}
  @Get('stream') async *stream() {
    yield 'a';
  }
  @Get('declared') @ApiResponse({ status: 204, description: 'Gone.' }) async declared(): Promise<void> {
    await done();
  }
}

const paths = documentOf([Things]).paths;

describe.each(SOURCES)('by %s', (source) => {
  test.each(Object.keys(paths))('%s is documented as it is answered', async (url) => {
    const [[method, { responses }]] = Object.entries(paths[url] as object) as [
      [string, { responses: Record<string, { content?: object }> }],
    ];
    const { statusCode, payload } = await inject(appOf(Things), { source, method: method.toUpperCase(), url });
    expect([Object.keys(responses)[0], responses[statusCode]!.content !== undefined || payload === '']).toEqual([
      String(statusCode),
      true,
    ]);
  });
});

const success = (url: string) =>
  Object.keys((Object.values(paths[url] as object) as { responses: object }[])[0]!.responses)[0];

test('a method without a return of a value is 204, or its own status without content', () => {
  expect(['/removed', '/void', '/inferred', '/guarded', '/none', '/undefined', '/declared'].map(success)).toEqual(
    Array(7).fill('204'),
  );
  expect(paths['/accepted']!.get!.responses['202']).toEqual({ description: 'Accepted' });
  expect(paths['/declared']!.get!.responses['204']).toEqual({ description: 'Gone.' });
});

test('a declared success takes the place of one that only the code tells', () => {
  @Controller()
  class Stubs {
    @Get() @ApiResponse({ status: 200, type: String }) async get() {}
  }
  expect(Object.keys(documentOf([Stubs]).paths['/']!.get!.responses)).toEqual(['200', '4XX']);
});

/** Methods as compilers and minifiers write them. */
const method = (code: string): unknown => (new Function(`return ({ ${code} }).m`) as () => unknown)();

test.each([
  'm(){}',
  'async m(){await 1}',
  'async m(id){ if(id)return;await 1 }',
  'm(){return}',
  'm(){ return;\n}',
  'm(){ return void 0 }',
  'm(){return null}',
  'm() { return undefined; }',
  "'m'() { return\n 1 }",
  'm: function () { }',
  'm() {\n  // return 1\n  /* return 2 */\n}',
  'm(){ this.returned = 1 }',
  'm(a = (() => 1)()) { }',
])('%j gives nothing', (code) => {
  expect(returnsNothing(method(code))).toBe(true);
});

test.each([
  'm(){return 1}',
  'async m(){return this.x}',
  'm(){return(1)}',
  'm(){return[1]}',
  'm(){return`a`}',
  'm(){return"a"}',
  'm(){return!0}',
  'm(){return-1}',
  'm(){return/x/}',
  'm(){return{}}',
  'm(){ return /* a */ 1 }',
  'm(){ return undefinedValue }',
  'm(){ return null ?? 1 }',
  'm(){return void 0===this.a}',
  'm: () => 1',
  'm: async () => 1',
  'm: (a = (1)) => a',
  'm: a => a',
  'm: async a => a',
  '*m(){ }',
  'async *m(){ }',
  'm: (function(){ return 1 }).bind(null)',
  'm: Math.max',
  'm: 1',
  'm: new Proxy(function(){ return 1 }, {})',
])('of %j nobody says so', (code) => {
  expect(returnsNothing(method(code))).toBe(false);
});

import { BootstrapError } from '../../src/errors/bootstrap-error.js';
import { BadRequestException } from '../../src/errors/exceptions.js';
import type { PatternPart } from '../../src/router/pattern-segment.js';
import { planPattern, testedSegment } from '../../src/router/plan-pattern.js';
import { Router } from '../../src/router/router.js';
import type { HttpMethod } from '../../src/shared/http-method.js';
import { problemOf } from '../architecture/regular-expressions.js';
import { countSteps } from '../count-steps.js';
import { addPattern } from './add-pattern.js';

/** Each argument is `METHOD pattern` or `METHOD pattern version`, and is its own target. */
function routerOf(...routes: string[]): Router<string> {
  const router = new Router<string>();
  for (const target of routes) {
    const [method, pattern, version] = target.split(' ') as [HttpMethod | 'ALL', string, string?];
    addPattern(router, { method, pattern, target, version }, String);
  }
  return router;
}

function found(router: Router<string>, method: HttpMethod, path: string, version?: string) {
  const match = router.match(method, path, version);
  return match && [match.target, { ...match.params }];
}

function targetOf(router: Router<string>, method: HttpMethod, path: string, version?: string) {
  return router.match(method, path, version)?.target;
}

describe('static paths', () => {
  const router = routerOf('GET /', 'GET /orders', 'POST /orders', 'GET /orders/open/');

  test.each([
    ['/', 'GET /'],
    ['/orders', 'GET /orders'],
    ['/orders/open/', 'GET /orders/open/'],
  ])('%s is found as it is written', (path, target) => {
    expect(found(router, 'GET', path)).toEqual([target, {}]);
  });

  test.each([
    '//',
    '///',
    '//orders',
    '/orders/',
    '/orders/open',
    '/orders//',
    '/orders//open',
    '/Orders',
    '/order',
    '/orders/open/x',
    '/orders?',
    '/%00',
  ])('%s matches nothing', (path) => {
    expect(router.match('GET', path)).toBeUndefined();
  });

  test('the method decides between routes of one path', () => {
    expect(targetOf(router, 'POST', '/orders')).toBe('POST /orders');
    expect(targetOf(router, 'DELETE', '/orders')).toBeUndefined();
  });

  test.each(['/constructor', '/__proto__', '/toString', '/hasOwnProperty/x', '/%5F_proto__'])(
    '%s matches nothing unless it is registered',
    (path) => {
      expect(router.match('GET', path)).toBeUndefined();
      expect(router.allowed(path)).toEqual([]);
    },
  );

  test('names of Object.prototype can be registered', () => {
    const odd = routerOf('GET /constructor', 'GET /__proto__', 'GET /x/:__proto__/:constructor');
    expect(targetOf(odd, 'GET', '/constructor')).toBe('GET /constructor');
    expect(targetOf(odd, 'GET', '/__proto__')).toBe('GET /__proto__');
    const { params } = odd.match('GET', '/x/a/b') ?? {};
    expect(Object.entries(params ?? {})).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });

  test('an unknown method of an event matches nothing', () => {
    expect(router.match('constructor' as HttpMethod, '/orders')).toBeUndefined();
  });
});

describe('parameters', () => {
  test.each([
    ['/orders/:id', '/orders/7', { id: '7' }],
    ['/orders/{id}/', '/orders/7/', { id: '7' }],
    ['/orders/{order-id}', '/orders/7', { 'order-id': '7' }],
    ['/orders/:größe', '/orders/7', { größe: '7' }],
    ['/:a/x/:b', '/1/x/2', { a: '1', b: '2' }],
    ['/files/:name.:ext', '/files/report.pdf', { name: 'report', ext: 'pdf' }],
    ['/files/:name.:ext', '/files/a.tar.gz', { name: 'a', ext: 'tar.gz' }],
    ['/files/:name.:ext', '/files/.env.local', { name: '.env', ext: 'local' }],
    ['/files/:name.json', '/files/a.json.json', { name: 'a.json' }],
    ['/v:version', '/v12', { version: '12' }],
    ['/v{major}-{minor}', '/v1-2', { major: '1', minor: '2' }],
    ['/:from..:to', '/1...9', { from: '1', to: '.9' }],
    ['/a+b/:x', '/a+b/1', { x: '1' }],
    ['/jobs/:id\\:cancel', '/jobs/7:cancel', { id: '7' }],
    ['/\\*/\\(:x\\)', '/*/(1)', { x: '1' }],
  ])('%s takes from %s', (pattern, path, params) => {
    expect(found(routerOf(`GET ${pattern}`), 'GET', path)).toEqual([`GET ${pattern}`, params]);
  });

  test.each([
    ['/orders/:id', '/orders'],
    ['/orders/:id', '/orders/'],
    ['/orders/:id', '/orders//'],
    ['/:a/:b', '/a//'],
    ['/:a/:b', '//b'],
    ['/files/:name.:ext', '/files/report'],
    ['/files/:name.:ext', '/files/report.'],
    ['/files/:name.json', '/files/.json'],
    ['/v:version', '/v'],
  ])('%s does not match %s', (pattern, path) => {
    expect(routerOf(`GET ${pattern}`).match('GET', path)).toBeUndefined();
  });

  test('a record of parameters inherits nothing', () => {
    const { params } = routerOf('GET /:id').match('GET', '/7') ?? {};
    for (const name of ['constructor', '__proto__', 'toString', 'valueOf']) {
      expect(params?.[name]).toBeUndefined();
      expect(name in (params ?? {})).toBe(false);
    }
  });

  test('many parameters in a long segment are read in one pass', async () => {
    const router = routerOf('GET /:a-:b-:c-:d-:e-:f.json');
    expect(router.match('GET', `/${'-'.repeat(20_000)}`)).toBeUndefined();
    expect(router.match('GET', `/${'x'.repeat(20_000)}`)).toBeUndefined();
    const parts = [...'abcdef'].flatMap((name, at): PatternPart[] => [
      { kind: 'parameter', name, at },
      { kind: 'text', text: name === 'f' ? '.json' : '-' },
    ]);
    expect(await problemOf(`/^${testedSegment(parts).source}$/`)).toBeUndefined();
  });
});

describe('constraints', () => {
  test.each([
    ['/orders/:id(\\d+)', '/orders/42', { id: '42' }],
    ['/orders/{id:\\d{2}}', '/orders/42', { id: '42' }],
    ['/:kind(new|old)/x', '/old/x', { kind: 'old' }],
    ['/:id([^)(]+)', '/ab', { id: 'ab' }],
    ['/:id((a|b)(c|d))-:tail((e)+)', '/bd-ee', { id: 'bd', tail: 'ee' }],
    ['/:y(\\d{4})-:m(\\d\\d)', '/2024-05', { y: '2024', m: '05' }],
    ['/:n(\\d+):unit', '/12kg', { n: '12', unit: 'kg' }],
    ['/:p([^/]+)', '/a%2Fb', undefined],
    ['/:p(a/b)', '/a%2Fb', { p: 'a/b' }],
  ])('%s on %s gives %j', (pattern, path, params) => {
    const match = routerOf(`GET ${pattern}`).match('GET', path);
    expect(match && { ...match.params }).toEqual(params);
  });

  test.each(['/orders/x', '/orders/4x', '/orders/x4', '/orders/'])('/orders/:id(\\d+) does not match %s', (path) => {
    expect(routerOf('GET /orders/:id(\\d+)').match('GET', path)).toBeUndefined();
  });
});

describe('optional segments', () => {
  test.each([
    ['/orders/:id?', '/orders', {}],
    ['/orders/:id?', '/orders/7', { id: '7' }],
    ['/:lang?/about', '/about', {}],
    ['/:lang?/about', '/en/about', { lang: 'en' }],
    ['/{lang}?/about', '/en/about', { lang: 'en' }],
    ['/:lang(en|de)?/:page', '/de', { page: 'de' }],
    ['/:a?/:b?', '/1', { a: '1' }],
    ['/:a?/:b?', '/', {}],
    ['/:a?/x/:b?', '/x', {}],
    ['/:a?/x/:b?', '/x/x', { b: 'x' }],
    ['/files/*path?', '/files', {}],
    ['/files/*path?', '/files/a/b', { path: 'a/b' }],
  ])('%s takes from %s', (pattern, path, params) => {
    expect(found(routerOf(`GET ${pattern}`), 'GET', path)).toEqual([`GET ${pattern}`, params]);
  });
});

describe('wildcards', () => {
  test.each([
    ['/files/*path', '/files/a', { path: 'a' }],
    ['/files/*path', '/files/a/b/c/', { path: 'a/b/c/' }],
    ['/files/{proxy+}', '/files/a/b', { proxy: 'a/b' }],
    ['/files/*', '/files/a/b', { '*': 'a/b' }],
    ['/{proxy+}', '/a', { proxy: 'a' }],
    ['/:tenant/*path', '/t/a/b', { tenant: 't', path: 'a/b' }],
    ['/files/*path', '/files/a%2Fb/c%20d/%252F', { path: 'a/b/c d/%2F' }],
    ['/{proxy+}', '/p//q', { proxy: 'p//q' }],
    ['/{proxy+}', '/proxy-value//double-slash', { proxy: 'proxy-value//double-slash' }],
    ['/files/*path', '/files/a%20b//c', { path: 'a b//c' }],
    ['/files/*path', '/files/a///b/', { path: 'a///b/' }],
    ['/files/*path', '/files/a//', { path: 'a//' }],
    ['/:tenant/*path', '/t/a//b', { tenant: 't', path: 'a//b' }],
  ])('%s takes from %s', (pattern, path, params) => {
    expect(found(routerOf(`GET ${pattern}`), 'GET', path)).toEqual([`GET ${pattern}`, params]);
  });

  test.each(['/files', '/files/', '/files//', '//files/a', '/files//etc/passwd', '/files//%65tc'])(
    '/files/*path does not match %s',
    (path) => {
      expect(routerOf('GET /files/*path').match('GET', path)).toBeUndefined();
    },
  );
});

describe('decoding', () => {
  test.each([
    ['/p/a%2Fb', 'a/b'],
    ['/p/%252F', '%2F'],
    ['/p/%25', '%'],
    ['/p/a+b', 'a+b'],
    ['/p/caf%C3%A9', 'café'],
    ['/p/%F0%9F%98%80', '😀'],
    ['/p/%2e%2E', '..'],
    ['/p/%00', '\0'],
  ])('%s has one parameter, %j, decoded once', (path, id) => {
    expect(routerOf('GET /p/:id').match('GET', path)?.params['id']).toBe(id);
  });

  test.each(['/p/%', '/p/%E0%A4%A', '/p/%zz', '/%/x', '/no/such/route/%ff', '/p/a%2', '/%C3'])(
    'malformed encoding in %s is a bad request, whatever the routes',
    (path) => {
      const router = routerOf('GET /p/:id', 'GET /p/*rest', 'GET /%25/x');
      expect(() => router.match('GET', path)).toThrow(BadRequestException);
      expect(() => router.allowed(path)).toThrow(BadRequestException);
    },
  );

  test.each([
    ['/café', '/caf%C3%A9'],
    ['/caf%C3%A9', '/caf%C3%A9'],
    ['/orders', '/%6frders'],
    ['/orders/:id', '/%6Frders/1'],
    ['/100%25', '/100%25'],
    ['/a b', '/a%20b'],
    ['/a%2Fb', '/a%2Fb'],
    ['/v:n!', '/v%31!'],
  ])('the static text of %s matches %s', (pattern, path) => {
    const router = new Router<string>();
    addPattern(router, { method: 'GET', pattern, target: pattern, version: undefined }, String);
    expect(targetOf(router, 'GET', path)).toBe(pattern);
  });

  test('an encoded segment is found behind a beginning that is not encoded', () => {
    const router = routerOf('GET /api/orders/open', 'GET /api/:any/:x', 'GET /api/orders/:id(\\d+)');
    expect(targetOf(router, 'GET', '/api/orders/%6Fpen')).toBe('GET /api/orders/open');
    expect(targetOf(router, 'GET', '/api/%6Frders/7')).toBe('GET /api/orders/:id(\\d+)');
    expect(found(router, 'GET', '/api/%6Frders/x')).toEqual(['GET /api/:any/:x', { any: 'orders', x: 'x' }]);
  });

  test('an encoded slash separates nothing', () => {
    const router = routerOf('GET /a/b', 'GET /c%2Fd');
    expect(router.match('GET', '/a%2Fb')).toBeUndefined();
    expect(router.match('GET', '/c/d')).toBeUndefined();
  });

  test('encoded pattern characters are text of the request', () => {
    expect(found(routerOf('GET /:id'), 'GET', '/%3Aid')).toEqual(['GET /:id', { id: ':id' }]);
  });
});

describe('precedence', () => {
  const patterns = [
    'GET /users/me',
    'GET /users/m:rest',
    'GET /users/:id(\\d+)',
    'GET /users/:name',
    'GET /users/*rest',
    'GET /:any/me',
    'GET /*all',
  ];

  test.each([patterns, patterns.toReversed(), patterns.toSorted()].map((order) => [order]))(
    'the most specific pattern wins when added as %j',
    (order) => {
      const router = routerOf(...order);
      expect(targetOf(router, 'GET', '/users/me')).toBe('GET /users/me');
      expect(targetOf(router, 'GET', '/users/mo')).toBe('GET /users/m:rest');
      expect(targetOf(router, 'GET', '/users/12')).toBe('GET /users/:id(\\d+)');
      expect(targetOf(router, 'GET', '/users/ann')).toBe('GET /users/:name');
      expect(targetOf(router, 'GET', '/users/ann/x')).toBe('GET /users/*rest');
      expect(targetOf(router, 'GET', '/teams/me')).toBe('GET /:any/me');
      expect(targetOf(router, 'GET', '/teams/you')).toBe('GET /*all');
    },
  );

  test.each([
    ['/f/report-:n', '/f/:name([a-z0-9-]+)', '/f/report-7'],
    ['/f/report-:n', '/f/r:rest', '/f/report-7'],
    ['/f/:name(\\w+).:ext', '/f/:name.:ext', '/f/a.txt'],
    ['/f/:name.:ext(txt|md)', '/f/:name.:ext', '/f/a.md'],
  ])('of two patterns for one segment, %s goes before %s', (precise, other, path) => {
    expect(targetOf(routerOf(`GET ${precise}`, `GET ${other}`), 'GET', path)).toBe(`GET ${precise}`);
    expect(targetOf(routerOf(`GET ${other}`, `GET ${precise}`), 'GET', path)).toBe(`GET ${precise}`);
  });

  test('a branch that leads nowhere is left again, with its values', () => {
    const router = routerOf('GET /a/:x/c', 'GET /:p/b/d', 'GET /:p/:q(b)/e', 'GET /*rest');
    expect(found(router, 'GET', '/a/b/c')).toEqual(['GET /a/:x/c', { x: 'b' }]);
    expect(found(router, 'GET', '/a/b/d')).toEqual(['GET /:p/b/d', { p: 'a' }]);
    expect(found(router, 'GET', '/a/b/e')).toEqual(['GET /:p/:q(b)/e', { p: 'a', q: 'b' }]);
    expect(found(router, 'GET', '/a/b/f')).toEqual(['GET /*rest', { rest: 'a/b/f' }]);
  });

  test('a more specific pattern without the method is passed over', () => {
    const router = routerOf('GET /users/me', 'DELETE /users/:id', 'PUT /users/*rest');
    expect(found(router, 'DELETE', '/users/me')).toEqual(['DELETE /users/:id', { id: 'me' }]);
    expect(found(router, 'PUT', '/users/me')).toEqual(['PUT /users/*rest', { rest: 'me' }]);
  });

  test('ALL answers every method, and one of its own goes first at the same pattern', () => {
    const router = routerOf('ALL /x/:id', 'GET /x/:id', 'GET /x/*rest');
    expect(targetOf(router, 'GET', '/x/1')).toBe('GET /x/:id');
    expect(targetOf(router, 'PATCH', '/x/1')).toBe('ALL /x/:id');
  });

  test('ALL at a more specific pattern goes before a method of its own', () => {
    const router = routerOf('ALL /x/y', 'GET /x/:id');
    expect(targetOf(router, 'GET', '/x/y')).toBe('ALL /x/y');
  });

  test('GET answers HEAD before ALL does, and after a HEAD of its own', () => {
    expect(routerOf('ALL /x', 'GET /x').match('HEAD', '/x')?.target).toBe('GET /x');
    expect(routerOf('GET /x', 'HEAD /x').match('HEAD', '/x')?.target).toBe('HEAD /x');
    expect(routerOf('ALL /x').match('HEAD', '/x')?.target).toBe('ALL /x');
  });

  test('each method may name the parameters of a pattern in its own way', () => {
    const router = routerOf('GET /x/:id', 'PUT /x/{key}');
    expect(found(router, 'GET', '/x/1')).toEqual(['GET /x/:id', { id: '1' }]);
    expect(found(router, 'PUT', '/x/1')).toEqual(['PUT /x/{key}', { key: '1' }]);
  });
});

describe('versions', () => {
  const router = routerOf('GET /x 1', 'GET /x 2', 'GET /x', 'ALL /y 1', 'GET /y', 'GET /z/:id 1', 'GET /z/me');

  test('the exact version goes before the unversioned route', () => {
    expect(targetOf(router, 'GET', '/x', '2')).toBe('GET /x 2');
    expect(targetOf(router, 'GET', '/y', '1')).toBe('ALL /y 1');
  });

  test('the unversioned route answers versions that nobody has', () => {
    expect(targetOf(router, 'GET', '/x', '3')).toBe('GET /x');
  });

  test('without a version only unversioned routes answer', () => {
    expect(targetOf(router, 'GET', '/x')).toBe('GET /x');
    expect(targetOf(router, 'POST', '/y')).toBeUndefined();
  });

  test('the more specific pattern goes before the exact version', () => {
    expect(targetOf(router, 'GET', '/z/me', '1')).toBe('GET /z/me');
    expect(targetOf(router, 'GET', '/z/you', '1')).toBe('GET /z/:id 1');
  });
});

describe('allowed', () => {
  test('unites the methods of every pattern that matches, in a fixed order', () => {
    const router = routerOf('DELETE /x/:id', 'POST /x/*rest', 'GET /x/y', 'PUT /z', 'PATCH /x/:id 2');
    expect(router.allowed('/x/y')).toEqual(['GET', 'HEAD', 'POST', 'PATCH', 'DELETE']);
    expect(router.allowed('/x/1')).toEqual(['POST', 'PATCH', 'DELETE']);
    expect(router.allowed('/x/1/')).toEqual(['POST']);
    expect(router.allowed('/nowhere')).toEqual([]);
  });

  test('ALL counts as every method', () => {
    expect(routerOf('ALL /x').allowed('/x')).toEqual(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
  });
});

test('a path of thousands of segments costs no more than its length', async () => {
  const router = routerOf('GET /a/a/a/a/:x', 'GET /:a/:b/*rest', 'POST /*rest');
  const find = (segments: number) => {
    const path = '/a'.repeat(segments);
    expect(targetOf(router, 'GET', path)).toBe('GET /:a/:b/*rest');
    expect(targetOf(router, 'POST', path)).toBe('POST /*rest');
    expect(targetOf(router, 'PUT', `${path}%20`)).toBeUndefined();
  };
  find(10);
  const [thousand, fourThousand] = [await countSteps(() => find(1000)), await countSteps(() => find(4000))];
  expect(fourThousand / thousand).toBeLessThan(4.2);
});

test('a planned pattern is plain data', () => {
  const options = { ignoreTrailingSlash: false, caseSensitive: false };
  expect(planPattern('/Orders/:id?', 'Orders.find', options)).toEqual([['orders', { name: 'id' }], ['orders']]);
  expect(planPattern('/v:major/{rest+}', 'Orders.find', options)).toEqual([
    [
      { names: ['major'], source: '(?:v|V)([^]+)', groups: [1], precision: 100 },
      { name: 'rest', isWildcard: true },
    ],
  ]);
  expect(planPattern('/a/', 'Orders.find', options)).toEqual([['a', '']]);
});

describe('duplicates', () => {
  test.each([
    ['GET /a/:x', 'GET /a/:y'],
    ['GET /a/:x', 'GET /a/{z}'],
    ['GET /a/', 'GET /a/'],
    ['GET /a/:x?', 'GET /a'],
    ['GET /a/*x', 'GET /a/{proxy+}'],
    ['GET /a/:x(\\d+)', 'GET /a/{y:\\d+}'],
    ['GET /:a.:b', 'GET /{c}.{d}'],
    ['GET /caf%C3%A9', 'GET /café'],
    ['ALL /a', 'ALL /a'],
    ['GET /a 1', 'GET /a 1'],
  ])('%s and %s are refused, naming both', (first, second) => {
    const add = () => routerOf(first, second);
    expect(add).toThrow(BootstrapError);
    expect(add).toThrow(`${first} and ${second} both handle ${first.split(' ')[0]}`);
  });

  test('the message says what equals what, and what to do', () => {
    expect(() => routerOf('GET /a/:x 1', 'GET /a/{z} 1')).toThrow(
      'GET /a/:x 1 and GET /a/{z} 1 both handle GET: some path matches "/a/:x" and "/a/{z}", and neither is more specific in version 1. ' +
        'Change the method, path or version of one.',
    );
  });

  test.each([
    ['GET /a', 'POST /a'],
    ['GET /a', 'ALL /a'],
    ['GET /a 1', 'GET /a 2'],
    ['GET /a 1', 'GET /a'],
    ['GET /a/:x(\\d+)', 'GET /a/:x(\\w+)'],
    ['GET /a/:x', 'GET /a/*x'],
  ])('%s and %s live beside each other', (first, second) => {
    expect(() => routerOf(first, second)).not.toThrow();
  });
});

describe('malformed patterns', () => {
  test.each([
    ['orders', 'no "/" at character 1. Write "/orders".'],
    ['', 'no "/" at character 1. Write "/".'],
    ['/a//b', 'an empty segment at character 4. Write one "/" between segments.'],
    ['//', 'an empty segment at character 2.'],
    ['/a/:', 'a ":" without a name at character 4.'],
    ['/a/:(\\d+)', 'a ":" without a name at character 4.'],
    ['/a/:id(\\d+', 'an unclosed "(" at character 7. Close it with ")".'],
    ['/a/:id([)]', 'an unclosed "(" at character 7.'],
    ['/a/:id(\\)', 'an unclosed "(" at character 7.'],
    ['/a/{id', 'an unclosed "{" at character 4. Close it with "}".'],
    ['/a/id}', 'a "}" that nothing opens at character 6.'],
    ['/a/id)', 'a ")" that nothing opens at character 6.'],
    ['/a/(x)', 'a "(" that follows no parameter at character 4.'],
    ['/a/{}', 'braces that hold no parameter at character 4.'],
    ['/a/{id*}', 'braces that hold no parameter at character 4.'],
    ['/a{/:id}', 'an optional group at character 3. Write "/:id?" for an optional segment.'],
    ['/a/:id([)', 'an unclosed "(" at character 7.'],
    ['/a/:id(+)', 'a bad constraint (Invalid regular expression: /(+)/'],
    ['/a/:id()', 'an empty constraint at character 7.'],
    ['/a/{id:}', 'an empty constraint at character 4.'],
    ['/a/*rest/b', 'a wildcard before its end at character 4.'],
    ['/{proxy+}/{id}', 'a wildcard before its end at character 2.'],
    ['/a/img*', 'a wildcard beside something else at character 7. Make it a whole segment: "/*rest".'],
    ['/:id/x/:id', 'the parameter "id" twice, again at character 8.'],
    ['/:id/*id', 'the parameter "id" twice, again at character 6.'],
    ['/:a:b', 'two parameters with nothing between them at character 4.'],
    ['/a?b=1', 'a "?" that makes no whole segment optional at character 3. Write "/:id?" for an optional segment.'],
    ['/v:n?', 'a "?" that makes no whole segment optional at character 5.'],
    ['/:n?.json', 'a "?" that makes no whole segment optional at character 4.'],
    ['/100%', 'malformed percent-encoding at character 2. Write "%25" for a percent sign.'],
  ])('%s has %s', (pattern, message) => {
    const route = { method: 'GET', pattern, target: 'OrdersController.get', version: undefined } as const;
    const add = () => addPattern(new Router<string>(), route, String);
    expect(add).toThrow(BootstrapError);
    expect(add).toThrow(`OrdersController.get: the path "${pattern}" has ${message}`);
  });
});

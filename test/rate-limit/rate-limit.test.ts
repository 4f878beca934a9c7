import { LambdaApplication } from '../../src/application/lambda-application.js';
import type { CanActivate, ExecutionContext } from '../../src/contracts/pipeline.js';
import { OnSqs } from '../../src/decorators/consumers.js';
import { UseGuards } from '../../src/decorators/enhancers.js';
import { Module } from '../../src/decorators/module.js';
import { Res } from '../../src/decorators/parameters.js';
import { All, Controller, Get, Post } from '../../src/decorators/routes.js';
import { NotFoundException } from '../../src/errors/exceptions.js';
import { Response } from '../../src/http/response/response.js';
import { createOpenApiDocument } from '../../src/openapi/create-openapi-document.js';
import { callerNetwork } from '../../src/rate-limit/caller.js';
import { RateLimitModule } from '../../src/rate-limit/rate-limit-module.js';
import type { RateLimitOptions } from '../../src/rate-limit/rate-limit-options.js';
import { RateLimit } from '../../src/rate-limit/rate-limit.js';
import { lazy } from '../../src/shared/module.js';
import type { Constructor } from '../../src/shared/types.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { inject, type InjectRequest } from '../../src/testing/inject.js';
import { createApp, SOURCES } from '../application/create-app.js';
import { captureStdout } from '../logging/captured-stdout.js';

const memory = () => RateLimitModule.forRoot({ store: 'memory' });

function appOf(...controllers: Constructor[]): LambdaApplication {
  return createApp({ imports: [memory()], controllers }, { requestsVia: { sqs: ['requests'] } });
}

let now: number;
beforeEach(() => {
  captureStdout();
  now = Date.UTC(2026, 0, 1);
  jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

const pass = (seconds: number) => void (now += seconds * 1000);

async function statuses(app: LambdaApplication, requests: readonly (InjectRequest | string)[]): Promise<number[]> {
  const found: number[] = [];
  for (const request of requests) {
    const sent = typeof request === 'string' ? { url: request } : request;
    found.push((await inject(app, sent)).statusCode);
  }
  return found;
}

const from = (ip: string, url = '/'): InjectRequest => ({ url, ip });

const ofUser = (tenant: string, user: string) => ({ url: '/', headers: { 'x-tenant': tenant, 'x-user': user } });
const withClaims = (claims: object, url = '/') => ({ url, headers: { 'x-claims': JSON.stringify(claims) } });

const wrap: MethodDecorator = (_target, _key, descriptor) => {
  const inner = descriptor.value as unknown as () => unknown;
  descriptor.value = function wrapper(this: unknown) {
    return inner.call(this);
  } as never;
};

/** As in docs/rate-limits.md. */
function viewer({ request }: ExecutionContext) {
  const address = request.header('cloudfront-viewer-address');
  return address && callerNetwork(address.slice(0, address.lastIndexOf(':')));
}

/** A controller with one limited route at `/`. */
function limited(options: RateLimitOptions): Constructor {
  @Controller()
  class Limited {
    @RateLimit(options) @All() list() {
      return [];
    }
  }
  return Limited;
}

describe('a limited route', () => {
  test.each(SOURCES)('answers as many requests as it may, then 429 until the window ends: %s', async (source) => {
    const app = appOf(limited({ limit: 2, per: 60, by: 'ip' }));
    const send = () => inject(app, { url: '/', source });
    const [first, second, third] = [await send(), await send(), await send()];
    expect([first.statusCode, second.statusCode, third.statusCode]).toEqual([200, 200, 429]);
    const reset = Number(third.headers['retry-after']);
    expect(reset).toBeGreaterThanOrEqual(1);
    expect(reset).toBeLessThanOrEqual(60);
    expect(first.headers).toMatchObject({
      'ratelimit-policy': '"ip-60s";q=2;w=60',
      ratelimit: `"ip-60s";r=1;t=${reset}`,
    });
    expect(third.headers).toMatchObject({
      'ratelimit-policy': '"ip-60s";q=2;w=60',
      ratelimit: `"ip-60s";r=0;t=${reset}`,
    });
    expect(third.json()).toEqual({ detail: `Too many requests. Try again in ${reset} s` });
    pass(reset);
    expect((await send()).statusCode).toBe(200);
  });

  test('counts in windows that begin at another time for each caller', async () => {
    const app = appOf(limited({ limit: 1, per: 'hour', by: 'ip' }));
    const ends = new Set<string | undefined>();
    for (let index = 0; index < 5; index++) {
      await inject(app, from(`203.0.113.${index}`));
      ends.add((await inject(app, from(`203.0.113.${index}`))).headers['retry-after'] as string);
    }
    expect(ends.size).toBeGreaterThan(1);
  });

  test.each([
    ['second', 1],
    ['minute', 60],
    ['hour', 3600],
    ['day', 86_400],
  ] as const)('takes a %s for %i seconds', async (per, seconds) => {
    const { headers } = await inject(appOf(limited({ limit: 5, per, by: 'ip' })), from('203.0.113.1'));
    expect(headers['ratelimit-policy']).toBe(`"ip-${per}";q=5;w=${seconds}`);
  });

  test('counts HEAD and every other method that the route takes together', async () => {
    const app = appOf(limited({ limit: 2, per: 60, by: 'ip' }));
    const methods = ['GET', 'HEAD', 'POST'] as const;
    expect(
      await statuses(
        app,
        methods.map((method) => ({ url: '/', method })),
      ),
    ).toEqual([200, 200, 429]);
  });

  test('counts requests whose method fails, too', async () => {
    @Controller()
    class Orders {
      @RateLimit({ limit: 1, per: 60, by: 'ip' }) @Get() get() {
        throw new NotFoundException();
      }
    }
    expect(await statuses(appOf(Orders), ['/', '/'])).toEqual([404, 429]);
  });

  test('keeps the headers of its own response', async () => {
    @Controller()
    class Orders {
      @RateLimit({ limit: 1, per: 60, by: 'ip' }) @Get() get() {
        return new Response('a', { headers: { 'x-own': 'yes' } });
      }
      @RateLimit({ limit: 1, per: 60, by: 'ip' }) @Get('injected') injected(@Res() response: Response) {
        response.headers['x-own'] = 'yes';
        return 'a';
      }
    }
    const app = appOf(Orders);
    for (const url of ['/', '/injected'])
      expect((await inject(app, { url })).headers).toMatchObject({ 'x-own': 'yes', ratelimit: expect.any(String) });
  });

  test('is documented with its 429', () => {
    @Module({ imports: [memory()], controllers: [limited({ limit: 1, per: 60, by: 'ip' })] })
    class AppModule {}
    const document = createOpenApiDocument(LambdaApplication.describe(AppModule), { title: 'a', version: '1' });
    expect(JSON.stringify(document.paths)).toContain('Too many requests.');
  });
});

describe('callers', () => {
  test('are counted by address, each for itself', async () => {
    const app = appOf(limited({ limit: 1, per: 60, by: 'ip' }));
    expect(await statuses(app, [from('203.0.113.1'), from('203.0.113.2'), from('203.0.113.1')])).toEqual([
      200, 200, 429,
    ]);
  });

  test('can not change their count with forwarded headers', async () => {
    const app = appOf(limited({ limit: 1, per: 60, by: 'ip' }));
    const headers = { 'x-forwarded-for': '198.51.100.9', forwarded: 'for=198.51.100.9', 'x-real-ip': '198.51.100.9' };
    const sources = ['apiGatewayV1', 'apiGatewayV2', 'functionUrl'] as const;
    for (const [index, source] of sources.entries()) {
      const sent = { url: '/', source, ip: `203.0.113.${index}` };
      expect(await statuses(app, [sent, { ...sent, headers }])).toEqual([200, 429]);
    }
  });

  test('of one IPv6 network have one count', async () => {
    const app = appOf(limited({ limit: 1, per: 60, by: 'ip' }));
    const requests = [from('2001:db8::1'), from('2001:db8::2'), from('2001:db8:0:1::1')];
    expect(await statuses(app, requests)).toEqual([200, 429, 200]);
  });

  test('are told apart by what a function returns or resolves to', async () => {
    const app = appOf(
      limited({ limit: 1, per: 60, by: async ({ request }) => ['tenant', request.header('x-tenant')] }),
    );
    expect(await statuses(app, [ofUser('a', '1'), ofUser('b', '1'), ofUser('a', '2')])).toEqual([200, 200, 429]);
  });

  test('can not write a key that is another caller’s', async () => {
    const app = appOf(
      limited({ limit: 1, per: 60, by: ({ request }) => [request.header('x-tenant'), request.header('x-user')] }),
    );
    const pairs = [
      ofUser('a', 'b,c'),
      ofUser('a,b', 'c'),
      ofUser('a","b', 'c'),
      ofUser('a', 'b","c'),
      ofUser('a\\', ',b'),
      ofUser('a#b', 'c'),
    ];
    expect(await statuses(app, pairs)).toEqual(pairs.map(() => 200));
    const long = 'x'.repeat(5000);
    expect(await statuses(app, [ofUser(long, 'a'), ofUser(long, 'b'), ofUser(long, 'a')])).toEqual([200, 200, 429]);
  });
});

const ofMethod = (method: string, iss?: string) => withClaims({ id: '1', method, claims: { iss } });

describe('a signed-in user', () => {
  /** Sets what a guard for tokens would have verified. */
  class Signed implements CanActivate {
    canActivate({ request }: ExecutionContext) {
      const claims = request.header('x-claims');
      if (claims !== undefined) Object.assign(request, { user: JSON.parse(claims) as unknown });
      return true;
    }
  }

  @Controller()
  class Orders {
    @RateLimit({ limit: 1, per: 'day', by: 'user' }) @UseGuards(Signed) @Get() above() {
      return 'ok';
    }
    @UseGuards(Signed) @RateLimit({ limit: 1, per: 'day', by: 'user' }) @Get('below') below() {
      return 'ok';
    }
  }

  test('is counted by issuer and subject, whatever the address', async () => {
    const requests = [
      { ...withClaims({ iss: 'https://a', sub: '1' }), ip: '203.0.113.1' },
      { ...withClaims({ iss: 'https://a', sub: '1' }), ip: '203.0.113.2' },
      withClaims({ iss: 'https://b', sub: '1' }),
      withClaims({ sub: '1' }),
      withClaims({ iss: 'https://a', sub: '2' }),
    ];
    expect(await statuses(appOf(Orders), requests)).toEqual([200, 429, 200, 200, 200]);
  });

  test('of `lambent/auth` is counted by how they were authenticated, too', async () => {
    const requests = [
      ofMethod('jwt', 'https://a'),
      ofMethod('jwt', 'https://a'),
      ofMethod('jwt', 'https://b'),
      ofMethod('api-key'),
    ];
    expect(await statuses(appOf(Orders), requests)).toEqual([200, 429, 200, 200]);
  });

  test('of a guard of your own may have a number as id', async () => {
    const requests = [{ id: 0 }, { id: 1 }, { id: 1 }, { sub: 2 }].map((claims) => withClaims(claims));
    expect(await statuses(appOf(Orders), requests)).toEqual([200, 200, 429, 200]);
  });

  test.each([
    ['is not known yet', withClaims({ sub: '1' }, '/below'), 'no guard has set request.user yet'],
    ['is not there', { url: '/' }, 'no guard has set request.user yet'],
    ['has no subject', withClaims({ name: 'Ada' }), 'request.user has no `id` and no `sub`'],
    ['has an empty subject', withClaims({ sub: '' }), 'request.user has no `id` and no `sub`'],
    [
      'has a subject that is neither text nor a number',
      withClaims({ sub: { id: 1 } }),
      'request.user has no `id` and no `sub`',
    ],
  ])('who %s is refused with a word on it', async (_, request, message) => {
    await expect(inject(appOf(Orders), request)).rejects.toThrow(message);
  });
});

describe('a key that identifies nobody', () => {
  const nobody: readonly unknown[] = [
    undefined,
    null,
    '',
    [],
    {},
    ['a', undefined],
    ['a', ''],
    { a: null },
    [['a', undefined]],
    // As from `user?.id ?? false`: all who have none would share a count.
    false,
    true,
  ];

  test.each(nobody)('is refused: %j', async (key) => {
    const app = appOf(limited({ limit: 1, per: 60, by: () => key }));
    await expect(inject(app, { url: '/' })).rejects.toThrow(/The key of @RateLimit on Limited\.list is .* no caller/);
  });

  test.each([new Map([['a', 1]]), () => 'a', Symbol('a'), Number.NaN, new (class User {})()])(
    'is refused where it would look like every other: %p',
    async (key) => {
      const app = appOf(limited({ limit: 1, per: 60, by: () => key }));
      await expect(inject(app, { url: '/' })).rejects.toThrow('The key of @RateLimit on Limited.list is ');
    },
  );

  test('is what a function has that throws, which stays its error', async () => {
    const app = appOf(
      limited({
        limit: 1,
        per: 60,
        by: () => {
          throw new TypeError('no tenant');
        },
      }),
    );
    await expect(inject(app, { url: '/' })).rejects.toThrow('no tenant');
  });

  test('tells callers behind CloudFront apart, as docs/rate-limits.md says', async () => {
    const app = appOf(limited({ limit: 1, per: 60, by: viewer }));
    const of = (address: string) => ({ ...from('130.176.0.1'), headers: { 'cloudfront-viewer-address': address } });
    const viewers = ['198.51.100.10:46532', '198.51.100.10:46533', '198.51.100.11:1', '2001:db8::1:9', '2001:db8::2:9'];
    expect(await statuses(app, viewers.map(of))).toEqual([200, 429, 200, 200, 429]);
    await expect(inject(app, from('203.0.113.1'))).rejects.toThrow('identifies no caller');
  });

  test('is the address of a request that came in a message', async () => {
    const app = appOf(limited({ limit: 1, per: 60, by: 'ip' }));
    const carried = httpEvents.apiGatewayV2({ url: '/' });
    const record = {
      messageId: '1',
      body: JSON.stringify(carried),
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-central-1:1:requests',
    };
    expect(await app.handler({ Records: [record] }, fakeContext())).toEqual({
      batchItemFailures: [{ itemIdentifier: '1' }],
    });
  });
});

describe('several limits', () => {
  test('of one route all apply, and are listed in the headers', async () => {
    @Controller()
    class Orders {
      @RateLimit({ limit: 3, per: 'hour', by: 'ip' }) @RateLimit({ limit: 2, per: 'second', by: 'ip' }) @Get() get() {
        return 'ok';
      }
    }
    const app = appOf(Orders);
    const first = await inject(app, { url: '/' });
    expect(first.headers['ratelimit-policy']).toBe('"ip-second";q=2;w=1, "ip-hour";q=3;w=3600');
    expect(first.headers['ratelimit']).toMatch(/^"ip-second";r=1;t=1, "ip-hour";r=2;t=\d+$/);
    expect(await statuses(app, ['/', '/'])).toEqual([200, 429]);
    pass(1);
    expect(await statuses(app, ['/'])).toEqual([200]);
    pass(1);
    const last = await inject(app, { url: '/' });
    expect([last.statusCode, last.headers['ratelimit']]).toEqual([429, expect.stringMatching(/r=1;.*r=0;/)]);
  });

  test('with the same numbers are counted apart', async () => {
    @Controller()
    @RateLimit({ limit: 1, per: 60, by: ({ request }) => request.header('x-a') })
    class Orders {
      @RateLimit({ limit: 1, per: 60, by: ({ request }) => request.header('x-b') })
      @RateLimit({ limit: 1, per: 60, by: ({ request }) => request.header('x-c') })
      @Get()
      get() {
        return 'ok';
      }
    }
    const headers = { 'x-a': 'same', 'x-b': 'same', 'x-c': 'same' };
    expect(
      await statuses(appOf(Orders), [
        { url: '/', headers },
        { url: '/', headers },
      ]),
    ).toEqual([200, 429]);
  });

  test('of a controller are for each of its routes', async () => {
    @Controller()
    @RateLimit({ limit: 1, per: 60, by: 'ip' })
    class Orders {
      @Get('a') a() {
        return 'a';
      }
      @Get('b') b() {
        return 'b';
      }
    }
    expect(await statuses(appOf(Orders), ['/a', '/b', '/a', '/b'])).toEqual([200, 200, 429, 429]);
  });

  test('of one name share a count', async () => {
    @Controller()
    class Orders {
      @RateLimit({ limit: 2, per: 60, by: 'ip', name: 'writes' }) @Post('a') a() {
        return 'a';
      }
      @RateLimit({ limit: 2, per: 60, by: 'ip', name: 'writes' }) @Post('b') b() {
        return 'b';
      }
    }
    const app = appOf(Orders);
    const send = (url: string) => inject(app, { method: 'POST', url });
    const sent = [await send('/a'), await send('/b'), await send('/a'), await send('/b')];
    expect(sent.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429, 429]);
    expect(sent[0]?.headers['ratelimit-policy']).toBe('"writes";q=2;w=60');
  });

  test('of a parent class are for each class that inherits it', async () => {
    class Base {
      @RateLimit({ limit: 1, per: 60, by: 'ip' }) @Get() list() {
        return 'ok';
      }
    }
    @Controller('a')
    class A extends Base {}
    @Controller('b')
    class B extends Base {}
    expect(await statuses(appOf(A, B), ['/a', '/b', '/a'])).toEqual([200, 200, 429]);
  });

  test('of methods that another decorator has wrapped are counted apart', async () => {
    @Controller()
    @RateLimit({ limit: 1, per: 60, by: 'ip' })
    class Orders {
      @Get('a') @wrap a() {
        return 'a';
      }
      @Get('b') @wrap b() {
        return 'b';
      }
    }
    expect(await statuses(appOf(Orders), ['/a', '/b', '/a'])).toEqual([200, 200, 429]);
  });

  test('of two classes of one name are refused, also if a lazy module brings one of them', async () => {
    const first = limited({ limit: 1, per: 60, by: 'ip' });
    const second = (() => {
      @Controller('second')
      class Limited {
        @RateLimit({ limit: 1, per: 60, by: 'ip' }) @Get() list() {
          return 'ok';
        }
      }
      return Limited;
    })();
    await expect(appOf(first, second).ready()).rejects.toThrow(SHARED);

    @Module({ controllers: [second] })
    class SecondModule {}
    const app = createApp({
      imports: [RateLimitModule.forRoot({ store: 'memory' }), lazy('second', async () => SecondModule)],
      controllers: [first],
    });
    expect(await statuses(app, ['/'])).toEqual([200]);
    await expect(inject(app, { url: '/second/second' })).rejects.toThrow(SHARED);
  });
});

const SHARED = 'Two classes have what @RateLimit keeps under one name, Limited.list';

describe('the bootstrap', () => {
  test('says that the module is missing', async () => {
    const app = createApp({ controllers: [limited({ limit: 1, per: 60, by: 'ip' })] });
    await expect(app.ready()).rejects.toThrow('@RateLimit needs RateLimitModule');
  });

  test('refuses a limit for events that are no requests', async () => {
    @Controller()
    class Jobs {
      @RateLimit({ limit: 1, per: 60, by: 'ip' }) @OnSqs('jobs') run() {}
    }
    await expect(appOf(Jobs).ready()).rejects.toThrow("Jobs.run names RouteLimit, which is @For('http')");
  });

  test.each([
    [{}, 'limit is undefined'],
    [{ limit: 1 }, 'per is undefined'],
    [{ limit: 1, per: 60 }, "by is undefined; it takes 'ip', 'user'"],
    [{ limit: 0, per: 60, by: 'ip' }, 'limit is 0'],
    [{ limit: 1, per: 0.5, by: 'ip' }, 'per is 0.5'],
    [{ limit: 1, per: 'week', by: 'ip' }, 'per is week'],
    [{ limit: 1, per: 60, by: 'header' }, 'by is header'],
    [{ limit: 1, per: 60, by: 'ip', name: 'a"b' }, 'name is a"b'],
    [{ limit: 1, per: 60, by: 'ip', ttl: 1 }, 'Unknown in @RateLimit: ttl'],
  ])('refuses the options %j', async (options, message) => {
    await expect(appOf(limited(options as RateLimitOptions)).ready()).rejects.toThrow(message);
  });

  test('says which store there is to choose', () => {
    expect(() => RateLimitModule.forRoot({} as never)).toThrow('RateLimitModule needs the option store');
    expect(() => RateLimitModule.forRoot({ store: {} } as never)).toThrow('needs table');
    expect(() => RateLimitModule.forRoot({ store: 'redis' } as never)).toThrow('store is redis');
    expect(() => RateLimitModule.forRoot({ store: { tableName: 'a' } } as never)).toThrow('tableName');
  });
});

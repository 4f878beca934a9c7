import type { ExecutionContext } from '../../src/contracts/pipeline.js';
import { Catch, UseFilters, UseGuards, UseInterceptors } from '../../src/decorators/enhancers.js';
import { Body, Param } from '../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../src/decorators/routes.js';
import {
  ConflictException,
  NotFoundException,
  ServiceUnavailableException,
  UnauthorizedException,
} from '../../src/errors/exceptions.js';
import { HttpException } from '../../src/errors/http-exception.js';
import { Response } from '../../src/http/response/response.js';
import { inject } from '../../src/testing/inject.js';
import { ParseIntPipe } from '../../src/validation/pipes/parse-pipes.js';
import { type CapturedStdout, captureStdout } from '../logging/captured-stdout.js';
import { appOf, createApp, SOURCES } from './create-app.js';

let stdout: CapturedStdout;
beforeEach(() => void (stdout = captureStdout()));
afterEach(() => jest.restoreAllMocks());

const secret = new TypeError('password hunter2 at /var/task/secret.js');

class FailingGuard {
  canActivate(): boolean {
    throw secret;
  }
}
class FailingInterceptor {
  async intercept(): Promise<never> {
    throw secret;
  }
}
class FailingFilter {
  catch(): never {
    throw secret;
  }
}
class Denying {
  canActivate() {
    return false;
  }
}

@Controller()
class Errors {
  @Get('missing') missing() {
    throw new NotFoundException();
  }
  @Get('conflict') async conflict() {
    throw new ConflictException('taken', {
      headers: { 'Retry-After': '7', 'set-cookie': ['a=1', 'b=2'] },
      errorDetail: 'row 4711',
    });
  }
  @Get('structured') structured() {
    throw new HttpException(409, { code: 'TAKEN', fields: ['name'] });
  }
  @Get('custom') custom() {
    throw new HttpException(450);
  }
  @Get('unavailable') unavailable() {
    throw new ServiceUnavailableException(undefined, { errorDetail: { host: 'db-1' } });
  }
  @Get('unhandled') unhandled() {
    throw secret;
  }
  @Get('rejected') async rejected() {
    throw secret;
  }
  @Get('guard') @UseGuards(FailingGuard) guard() {}
  @Get('denied') @UseGuards(Denying) denied() {}
  @Get('interceptor') @UseInterceptors(FailingInterceptor) interceptor() {}
  @Get('filter') @UseFilters(FailingFilter) filter() {
    throw new ConflictException();
  }
  @Get('pipe/:id') pipe(@Param('id', ParseIntPipe) id: number) {
    return id;
  }
  @Post('body') body(@Body() body: unknown) {
    return body;
  }
  @Get('string') string() {
    throw 'a string';
  }
  @Get('null') null() {
    throw null;
  }
  @Get('undefined') async undefined() {
    throw undefined;
  }
  @Get('object') object() {
    throw { code: 7 };
  }
  @Get('ok') ok() {
    return 'ok';
  }
}

const access = () => stdout.lines().find(({ type }) => type === 'access')!;

describe.each(SOURCES)('%s', (source) => {
  test.each([
    ['missing', 404, '{"detail":"Not Found"}'],
    ['structured', 409, '{"detail":{"code":"TAKEN","fields":["name"]}}'],
    ['custom', 450, '{"detail":"Error"}'],
    ['denied', 403, '{"detail":"Forbidden"}'],
    ['nowhere', 404, '{"detail":"Not Found"}'],
    ['constructor', 404, '{"detail":"Not Found"}'],
    ['__proto__', 404, '{"detail":"Not Found"}'],
  ])('/%s is %i %s', async (path, status, payload) => {
    const answer = await inject(appOf(Errors), { source, url: `/${path}` });
    expect([answer.statusCode, answer.payload, answer.headers['content-type']]).toEqual([
      status,
      payload,
      expect.stringMatching(/^application\/json/),
    ]);
  });

  test("an exception's headers are sent, its errorDetail is for the log only", async () => {
    const answer = await inject(appOf(Errors), { source, url: '/conflict' });
    expect([answer.statusCode, answer.payload, answer.headers['retry-after'], answer.cookies]).toEqual([
      409,
      '{"detail":"taken"}',
      '7',
      ['a=1', 'b=2'],
    ]);
    expect(access()).toMatchObject({ level: 'warning', status_code: 409, error_detail: 'row 4711' });
  });

  test('a refused argument is 422 with its location', async () => {
    const answer = await inject(appOf(Errors), { source, url: '/pipe/12abc' });
    expect([answer.statusCode, answer.json<{ detail: { loc: unknown }[] }>().detail[0]!.loc]).toEqual([
      422,
      ['path', 'id'],
    ]);
  });

  test('a body that is no JSON is 400', async () => {
    const answer = await inject(appOf(Errors), {
      source,
      method: 'POST',
      url: '/body',
      headers: { 'content-type': 'application/json' },
      payload: '{"a":',
    });
    expect([answer.statusCode, answer.payload]).toEqual([400, '{"detail":"The body is not valid JSON"}']);
  });

  test('a body over the limit is 413', async () => {
    const app = appOf(Errors, { bodyLimit: 8 });
    const post = (payload: unknown) => inject(app, { source, method: 'POST', url: '/body', payload });
    expect((await post({ a: 1 })).statusCode).toBe(200);
    expect((await post({ a: 'ééé' })).statusCode).toBe(413);
  });

  test.each(['unhandled', 'rejected', 'guard', 'interceptor', 'filter'])(
    'an unhandled error (%s) rejects with the very object, is logged as critical, and leaves the next invocation intact',
    async (path) => {
      const app = appOf(Errors);
      await expect(inject(app, { source, url: `/${path}` })).rejects.toBe(secret);
      expect(access()).toMatchObject({
        level: 'critical',
        status_code: 500,
        path: `/${path}`,
        error_detail: expect.stringContaining('TypeError: password hunter2'),
      });
      expect(access()['error_detail']).toContain('\n    at ');
      expect((await inject(app, { source, url: '/ok' })).payload).toBe('"ok"');
    },
  );

  test.each(['unhandled', 'rejected', 'guard', 'interceptor', 'filter', 'string', 'null', 'undefined', 'object'])(
    'respond mode answers an unhandled error (%s) with 500, and nothing internal is in it',
    async (path) => {
      const answer = await inject(appOf(Errors, { unhandledErrors: 'respond' }), { source, url: `/${path}` });
      expect([answer.statusCode, answer.payload]).toEqual([500, '{"detail":"Internal Server Error"}']);
      expect(JSON.stringify(answer)).not.toMatch(/hunter2|secret|node_modules|TypeError/);
      expect(access()).toMatchObject({ level: 'critical', status_code: 500, error_detail: expect.anything() });
    },
  );

  test.each([
    ['string', 'a string'],
    ['null', null],
    ['undefined', undefined],
    ['object', { code: 7 }],
  ])('a thrown value that is no error (%s) rejects with that value and is logged as critical', async (path, value) => {
    const app = appOf(Errors);
    await expect(inject(app, { source, url: `/${path}` })).rejects.toEqual(value);
    expect(access()).toMatchObject({ level: 'critical', status_code: 500 });
    expect((await inject(app, { source, url: '/ok' })).statusCode).toBe(200);
  });
});

test('an exception of status 5xx is logged as error, with what is for the log', async () => {
  await inject(appOf(Errors), { url: '/unavailable' });
  expect(access()).toMatchObject({ level: 'error', status_code: 503, error_detail: { host: 'db-1' } });
});

test.each(['throw', 'respond'] as const)(
  'without an access log an unhandled error (%s) is still logged as critical with its stack',
  async (unhandledErrors) => {
    await inject(appOf(Errors, { accessLog: false, unhandledErrors }), { url: '/unhandled' }).catch(() => undefined);
    expect(stdout.lines()).toEqual([
      expect.objectContaining({
        level: 'critical',
        error_detail: expect.stringContaining('TypeError: password hunter2'),
      }),
    ]);
  },
);

test('causes are logged with their stacks', async () => {
  @Controller()
  class Caused {
    @Get() get() {
      throw new Error('outer', { cause: new RangeError('inner') });
    }
  }
  await inject(appOf(Caused), {}).catch(() => undefined);
  expect(access()['error_detail']).toMatch(/Error: outer[^]*Caused by: RangeError: inner/);
});

describe('filters', () => {
  @Catch(NotFoundException)
  class NotFoundFilter {
    catch(error: NotFoundException, context: ExecutionContext) {
      return { path: context.request.path, message: error.message };
    }
  }

  test("what a filter returns is rendered, with the exception's status", async () => {
    const answer = await inject(appOf(Errors, { filters: [NotFoundFilter] }), { url: '/missing' });
    expect([answer.statusCode, answer.json()]).toEqual([404, { path: '/missing', message: 'Not Found' }]);
  });

  test('global filters see what has no route', async () => {
    const answer = await inject(appOf(Errors, { filters: [NotFoundFilter] }), { url: '/nowhere' });
    expect([answer.statusCode, answer.json()]).toEqual([404, { path: '/nowhere', message: 'Not Found' }]);
  });

  test('a filter that catches something else is passed by', async () => {
    const answer = await inject(appOf(Errors, { filters: [NotFoundFilter] }), { url: '/conflict' });
    expect([answer.statusCode, answer.payload]).toEqual([409, '{"detail":"taken"}']);
  });

  test('a filter without @Catch takes everything, and an unhandled error is 500 unless it says otherwise', async () => {
    const app = appOf(Errors, { filters: [{ catch: (error: unknown) => ({ caught: String(error).slice(0, 9) }) }] });
    const answer = await inject(app, { url: '/unhandled' });
    expect([answer.statusCode, answer.json()]).toEqual([500, { caught: 'TypeError' }]);
  });

  test('a filter sets the status by a response, or by that of the context', async () => {
    const byResponse = { catch: () => new Response('sorry', { statusCode: 418 }) };
    const byContext = {
      catch(_: unknown, context: ExecutionContext) {
        context.response.statusCode = 418;
        return 'sorry';
      },
    };
    expect((await inject(appOf(Errors, { filters: [byResponse] }), { url: '/unhandled' })).statusCode).toBe(418);
    expect((await inject(appOf(Errors, { filters: [byContext] }), { url: '/unhandled' })).statusCode).toBe(418);
  });

  test('what the method had set on its response before it failed does not turn the error into a success', async () => {
    @Controller()
    class Half {
      @Get()
      get(res: Response) {
        res.statusCode = 201;
        res.headers['content-type'] = 'text/csv';
        throw new NotFoundException();
      }
    }
    const plain = await inject(appOf(Half), {});
    const filtered = await inject(appOf(Half, { filters: [NotFoundFilter] }), {});
    for (const answer of [plain, filtered]) {
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([404, 'application/json']);
    }
  });

  test('a filter may throw an exception of its own', async () => {
    const filter = {
      catch: () => {
        throw new UnauthorizedException('log in', { headers: { 'www-authenticate': 'Bearer' } });
      },
    };
    const answer = await inject(appOf(Errors, { filters: [filter] }), { url: '/unhandled' });
    expect([answer.statusCode, answer.payload, answer.headers['www-authenticate']]).toEqual([
      401,
      '{"detail":"log in"}',
      'Bearer',
    ]);
  });

  test('a filter that throws is not asked again', async () => {
    const filter = {
      catch: jest.fn((error: unknown) => {
        throw error;
      }),
    };
    await expect(inject(appOf(Errors, { filters: [filter] }), { url: '/unhandled' })).rejects.toBe(secret);
    expect(filter.catch).toHaveBeenCalledTimes(1);
  });

  test('what an exception has for the log is logged though a filter answers it', async () => {
    await inject(appOf(Errors, { filters: [{ catch: () => 'filtered' }] }), { url: '/conflict' });
    expect(access()).toMatchObject({ status_code: 409, error_detail: 'row 4711' });
  });

  test('a filter may be asynchronous', async () => {
    const app = appOf(Errors, { filters: [{ catch: async () => 'later' }] });
    expect((await inject(app, { url: '/conflict' })).payload).toBe('"later"');
  });

  test('a filter that returns nothing answers the detail of the status', async () => {
    const app = appOf(Errors, { filters: [{ catch: () => undefined }] });
    expect((await inject(app, { url: '/conflict' })).payload).toBe('{"detail":"Conflict"}');
  });
});

describe('an exception that cannot be sent as it is', () => {
  @Controller()
  class Unsendable {
    @Get('header') header() {
      throw new UnauthorizedException('no', { headers: { 'www-authenticate': 'a\r\nset-cookie: x=1' } });
    }
    @Get('detail') detail() {
      throw new ConflictException({ id: Promise.resolve(1) });
    }
  }

  test.each(['/header', '/detail'])('is an unhandled error (%s)', async (url) => {
    await expect(inject(appOf(Unsendable), { url })).rejects.toThrow(/www-authenticate|a promise: await it/);
    expect(access()).toMatchObject({ level: 'critical', status_code: 500 });
    const answer = await inject(appOf(Unsendable, { unhandledErrors: 'respond' }), { url });
    expect([answer.statusCode, answer.payload]).toEqual([500, '{"detail":"Internal Server Error"}']);
  });

  test('is one that fails for good when every answer fails', async () => {
    const failure = new ConflictException('origin');
    const origin = () => {
      throw failure;
    };
    const app = appOf(Errors, { unhandledErrors: 'respond', cors: { origin } });
    await expect(inject(app, { url: '/ok', headers: { origin: 'https://a.example' } })).rejects.toBe(failure);
  });
});

test('an interceptor may make an answer of an error', async () => {
  const recovering = {
    intercept: (_: ExecutionContext, next: { handle(): Promise<unknown> }) => next.handle().catch(() => 'recovered'),
  };
  const app = createApp({ controllers: [Errors] }, { interceptors: [recovering] });
  expect((await inject(app, { url: '/unhandled' })).payload).toBe('"recovered"');
});

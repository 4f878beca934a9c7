import { HttpContext } from '../../../src/application/http/http-context.js';
import { UseInterceptors } from '../../../src/decorators/enhancers.js';
import { Res } from '../../../src/decorators/parameters.js';
import { Controller, Get, Redirect } from '../../../src/decorators/routes.js';
import { ConflictException } from '../../../src/errors/exceptions.js';
import { Response as LambentResponse } from '../../../src/http/response/response.js';
import { AccessLogInterceptor } from '../../../src/logging/access-log/access-log-interceptor.js';
import { getLogger } from '../../../src/logging/logger/current-logger.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { httpEvents } from '../../../src/testing/http-events.js';
import { createApp } from '../../application/create-app.js';
import { type CapturedStdout, captureStdout } from '../captured-stdout.js';

let stdout: CapturedStdout;

beforeEach(() => {
  stdout = captureStdout();
});

afterEach(() => jest.restoreAllMocks());

const SYMBOL = Symbol('orders');

/** Puts a function without a name in the place of the method, as decorators of other packages do. */
function Replaced() {
  return (_target: object, _key: string, descriptor: PropertyDescriptor): void => {
    const method = descriptor.value as () => unknown;
    descriptor.value = (
      () => () =>
        method()
    )();
  };
}

@Controller()
class Orders {
  @Get('data')
  @UseInterceptors(new AccessLogInterceptor())
  data(): unknown {
    getLogger().set({ tenant: 'a' });
    return { id: 7 };
  }

  @Get('nothing')
  @UseInterceptors(new AccessLogInterceptor())
  nothing(): void {}

  @Get('route', { status: 201 })
  @UseInterceptors(new AccessLogInterceptor())
  route(): unknown {
    return {};
  }

  @Get('injected', { status: 201 })
  @UseInterceptors(new AccessLogInterceptor())
  injected(@Res() response: LambentResponse): unknown {
    response.statusCode = 202;
    return {};
  }

  @Get('response', { status: 201 })
  @UseInterceptors(new AccessLogInterceptor())
  response(): LambentResponse {
    return new LambentResponse('text', { statusCode: 203 });
  }

  @Get('web')
  @UseInterceptors(new AccessLogInterceptor())
  web(): Response {
    return new Response('text', { status: 206 });
  }

  @Get('redirect')
  @Redirect('/data', 308)
  @UseInterceptors(new AccessLogInterceptor())
  redirect(): void {}

  @Get('conflict')
  @UseInterceptors(new AccessLogInterceptor())
  conflict(): never {
    throw new ConflictException('taken');
  }

  @Get('elsewhere')
  @UseInterceptors(new AccessLogInterceptor())
  elsewhere(): never {
    throw Object.assign(new Error('gone'), { statusCode: 410 });
  }

  @Get('symbol', { status: 202 })
  @UseInterceptors(new AccessLogInterceptor())
  [SYMBOL](): void {}

  @Get('replaced', { status: 203 })
  @Replaced()
  @UseInterceptors(new AccessLogInterceptor())
  replaced(): void {}

  @Get('quiet')
  quiet(): void {}
}

async function get(path: string): Promise<{ statusCode: number }> {
  const app = createApp({ controllers: [Orders] }, { accessLog: false });
  return (await app.handler(httpEvents.apiGatewayV2({ url: path }), fakeContext())) as { statusCode: number };
}

it.each([
  ['data', 200],
  ['nothing', 204],
  ['route', 201],
  ['injected', 202],
  ['response', 203],
  ['web', 206],
  ['redirect', 308],
  ['symbol', 202],
  ['replaced', 203],
  ['conflict', 409],
  ['elsewhere', 410],
])('writes the line of /%s with the status of its response, %i', async (path, status) => {
  const response = await get(`/${path}`);
  expect(response.statusCode).toBe(status);
  expect(stdout.lines()).toMatchObject([{ type: 'access', path: `/${path}`, route: `/${path}`, status_code: status }]);
});

it('writes the fields of the event, and no line for other routes', async () => {
  await get('/quiet');
  expect(stdout.lines()).toEqual([]);
  await get('/data');
  expect(stdout.lines()).toMatchObject([{ path: '/data', tenant: 'a' }]);
});

it('does not create the response that the route did not ask for', async () => {
  const asked = jest.spyOn(HttpContext.prototype, 'response', 'get');
  await get('/data');
  expect(stdout.lines()).toHaveLength(1);
  expect(asked).not.toHaveBeenCalled();
});

it('notes a cold start once in a process, whatever the number of interceptors', async () => {
  @Controller()
  class More {
    @Get('one') @UseInterceptors(new AccessLogInterceptor()) one(): void {}
    @Get('two') @UseInterceptors(new AccessLogInterceptor()) two(): void {}
  }
  const app = createApp({ controllers: [Orders, More] }, { accessLog: false });
  for (const url of ['/data', '/one', '/two']) await app.handler(httpEvents.apiGatewayV2({ url }), fakeContext());
  expect(stdout.lines().map(({ path }) => path)).toEqual(['/data', '/one', '/two']);
  expect(
    stdout
      .lines()
      .slice(1)
      .filter(({ cold_start }) => cold_start),
  ).toEqual([]);
});

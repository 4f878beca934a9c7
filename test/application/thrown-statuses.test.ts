import { Transform } from 'class-transformer';
import { IsString } from 'class-validator';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { OnWebSocket } from '../../src/decorators/consumers.js';
import { UseFilters, UseGuards, UseInterceptors } from '../../src/decorators/enhancers.js';
import { Body, Query } from '../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../src/decorators/routes.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { type CapturedStdout, captureStdout } from '../logging/captured-stdout.js';
import { appOf, createApp } from './create-app.js';
import { answerBy, WAYS_OUT } from './ways-out.js';

let stdout: CapturedStdout;
beforeEach(() => (stdout = captureStdout()));
afterEach(() => jest.restoreAllMocks());

const gone = { statusCode: 410, message: 'Gone for good' };
const refuse = (): never => {
  throw gone;
};

class Dto {
  @Transform(refuse) @IsString() name!: string;
}

@Controller()
class Throwing {
  @Get('plain') plain() {
    refuse();
  }
  @Get('later') async later() {
    await Promise.resolve();
    refuse();
  }
  @Get('error') error() {
    throw Object.assign(new Error('Gone for good'), { status: 410, statusCode: 410, expose: true });
  }
  @Get('guard') @UseGuards({ canActivate: refuse }) guard() {}
  @Get('interceptor') @UseInterceptors({ intercept: refuse }) interceptor() {}
  @Get('pipe') pipe(@Query('a', { transform: refuse }) _a: string) {
    return _a;
  }
  @Get('rethrown') @UseFilters({ catch: refuse }) rethrown() {
    throw new Error('x');
  }
  @Get('stream') stream() {
    return (async function* () {
      yield '';
      refuse();
    })();
  }
  @Get('toJSON') toJson() {
    return { toJSON: refuse };
  }
  @Post('body') body(@Body() body: Dto) {
    return body;
  }
  @Get('headers') headers() {
    throw Object.assign(new Error('busy'), { statusCode: 429, expose: true, headers: { 'Retry-After': '7' } });
  }
  @Get('server') server() {
    throw Object.assign(new Error('db-7 is down'), { statusCode: 503 });
  }
  @Get('upstream') upstream() {
    throw Object.assign(new Error('role/x is not authorized'), { statusCode: 403, requestId: 'r' });
  }
  @Get('answered') @UseFilters({ catch: () => ({ mine: true }) }) answered() {
    refuse();
  }
}

const access = () => stdout.lines().find(({ type }) => type === 'access')!;

describe.each(WAYS_OUT)('by %s', (way) => {
  const get = (path: string, options: ApplicationOptions = {}) =>
    answerBy(way, appOf(Throwing, options), { url: `/${path}` });

  test.each(['plain', 'later', 'error', 'guard', 'interceptor', 'pipe', 'rethrown', 'stream', 'toJSON'])(
    'what is thrown with a status and a message is answered with them (%s)',
    async (path) => {
      const { statusCode, payload, headers } = await get(path, { cors: true });
      expect([statusCode, payload, headers['access-control-allow-origin']]).toEqual([
        410,
        '{"detail":"Gone for good"}',
        '*',
      ]);
      expect(access()).toMatchObject({ level: 'warning', status_code: 410, error_detail: 'Gone for good' });
    },
  );

  test('so is what a @Transform throws', async () => {
    const { statusCode, payload } = await answerBy(way, appOf(Throwing), {
      method: 'POST',
      url: '/body',
      payload: { name: 'a' },
    });
    expect([statusCode, payload]).toEqual([410, '{"detail":"Gone for good"}']);
  });

  test('its headers are sent, and a filter has its status', async () => {
    expect(await get('headers')).toMatchObject({
      statusCode: 429,
      payload: '{"detail":"busy"}',
      headers: { 'retry-after': '7' },
    });
    expect(await get('answered')).toMatchObject({ statusCode: 410, payload: '{"mine":true}' });
    expect(await get('plain', { filters: [{ catch: () => ({ mine: true }) }] })).toMatchObject({
      statusCode: 410,
      payload: '{"mine":true}',
    });
  });

  test('from 500 on the caller is told the status alone, and the log has the stack', async () => {
    expect(await get('server')).toMatchObject({ statusCode: 503, payload: '{"detail":"Service Unavailable"}' });
    expect(access()).toMatchObject({
      level: 'error',
      status_code: 503,
      error_detail: expect.stringContaining('db-7 is down'),
    });
  });

  test('what an upstream has answered to this application is an unhandled error', async () => {
    await expect(get('upstream')).rejects.toThrow('role/x');
    expect(await get('upstream', { unhandledErrors: 'respond' })).toMatchObject({
      statusCode: 500,
      payload: '{"detail":"Internal Server Error"}',
    });
  });
});

test.each(['throw', 'respond'] as const)(
  'a WebSocket is refused with the status, too (%s)',
  async (unhandledErrors) => {
    class Sockets {
      @OnWebSocket('$connect') connect() {
        refuse();
      }
    }
    const app = createApp({ providers: [Sockets] }, { unhandledErrors });
    expect(await app.handler(events.webSocket({ route: '$connect' }), fakeContext())).toEqual({
      statusCode: 410,
      body: '{"detail":"Gone for good"}',
    });
    expect(stdout.lines()).toContainEqual(expect.objectContaining({ type: 'record', status: 'refused' }));
  },
);

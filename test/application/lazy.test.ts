import { createApp, SOURCES } from './create-app.js';
import { Controller } from '../../src/decorators/controller.js';
import { UseGuards } from '../../src/decorators/enhancers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Module } from '../../src/decorators/module.js';
import { Param } from '../../src/decorators/parameters.js';
import { Get } from '../../src/decorators/routes.js';
import { lazy } from '../../src/shared/module.js';
import { inject } from '../../src/testing/inject.js';
import { captureStdout } from '../logging/captured-stdout.js';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

@Controller()
class Root {
  @Get('ping') ping() { return 'pong'; }
  @Get('reportsx') near() { return 'near'; }
}

/** A module as it comes out of an import of its file: new for every test. */
function reports() {
  const calls: string[] = [];
  @Injectable()
  class ReportStore {
    onModuleInit() { calls.push('init'); }
    onApplicationBootstrap() { calls.push('bootstrap'); }
    onModuleDestroy() { calls.push('destroy'); }
  }
  @Controller('monthly')
  class Reports {
    constructor(readonly store: ReportStore) {}
    @Get() list() { return 'reports'; }
    @Get(':id') get(@Param('id') id: string) { return id; }
  }
  @Module({ controllers: [Reports], providers: [ReportStore] })
  class ReportsModule {}
  return { ReportsModule, calls };
}

const settle = <T>(value: T) => new Promise<T>((resolve) => setTimeout(() => resolve(value), 5));

describe.each(SOURCES)('%s', (source) => {
  test('the routes of a lazy module are loaded at the first request under their prefix, once', async () => {
    const { ReportsModule, calls } = reports();
    const load = jest.fn(() => settle(ReportsModule));
    const app = await createApp({ controllers: [Root], imports: [lazy('reports', load)] }).ready();
    const get = async (url: string) => (await inject(app, { source, url })).payload;
    expect([await get('/ping'), await get('/reportsx')]).toEqual(['"pong"', '"near"']);
    expect(load).not.toHaveBeenCalled();
    expect([await get('/reports/monthly'), await get('/reports/monthly/7'), await get('/ping')]).toEqual(['"reports"', '"7"', '"pong"']);
    expect((await inject(app, { source, url: '/reports/other' })).statusCode).toBe(404);
    expect(load).toHaveBeenCalledTimes(1);
    expect(calls).toEqual(['init', 'bootstrap']);
  });
});

test('concurrent first requests share one load', async () => {
  const { ReportsModule, calls } = reports();
  const load = jest.fn(() => settle(ReportsModule));
  const app = createApp({ imports: [lazy('/reports/', load)] });
  const answers = await Promise.all(Array.from({ length: 10 }, () => inject(app, { url: '/reports/monthly' })));
  expect(answers.map(({ payload }) => payload)).toEqual(Array(10).fill('"reports"'));
  expect(load).toHaveBeenCalledTimes(1);
  expect(calls).toEqual(['init', 'bootstrap']);
});

test('a failed load is told to those who waited, and the next request tries again', async () => {
  const { ReportsModule } = reports();
  const error = new Error('chunk is missing');
  const load = jest.fn(() => settle(ReportsModule)).mockRejectedValueOnce(error);
  const app = createApp({ controllers: [Root], imports: [lazy('reports', load)] });
  const first = await Promise.allSettled([inject(app, { url: '/reports/monthly' }), inject(app, { url: '/reports/monthly' })]);
  expect(first.map((settled) => settled.status === 'rejected' && settled.reason)).toEqual([error, error]);
  expect((await inject(app, { url: '/ping' })).payload).toBe('"pong"');
  expect((await inject(app, { url: '/reports/monthly' })).payload).toBe('"reports"');
  expect(load).toHaveBeenCalledTimes(2);
});

test('a mistake in a lazy module is told to every request under its prefix, and to no other', async () => {
  @Controller('reports')
  class Twice {
    @Get('a') one() {}
    @Get('a') other() {}
  }
  @Module({ controllers: [Twice] })
  class TwiceModule {}
  const app = createApp({ controllers: [Root], imports: [lazy('bad', async () => TwiceModule)] });
  const message = /Twice\.one and Twice\.other both answer GET/;
  await expect(inject(app, { url: '/bad/reports/a' })).rejects.toThrow(message);
  await expect(inject(app, { url: '/bad/reports/a' })).rejects.toThrow(message);
  expect((await inject(app, { url: '/ping' })).payload).toBe('"pong"');
});

test('a lazy module without a prefix is loaded at the first request for anything', async () => {
  const { ReportsModule } = reports();
  const app = createApp({ imports: [lazy('', async () => ReportsModule)] });
  expect((await inject(app, { url: '/monthly' })).payload).toBe('"reports"');
});

test('a lazy module sees what global options give, and its version in the path goes before its prefix', async () => {
  class Deny {
    canActivate() { return false; }
  }
  @Controller({ version: '1' })
  class Reports {
    @Get() list() { return 'reports'; }
    @Get('denied') @UseGuards(Deny) denied() {}
  }
  @Module({ controllers: [Reports] })
  class ReportsModule {}
  const load = jest.fn(() => settle(ReportsModule));
  const app = createApp(
    { imports: [lazy('reports', load)] },
    { versioning: { type: 'path' }, interceptors: [{ intercept: async (_, next) => [await next.handle()] }] },
  );
  expect((await inject(app, { url: '/v1/other' })).statusCode).toBe(404);
  expect(load).not.toHaveBeenCalled();
  expect((await inject(app, { url: '/v1/reports' })).payload).toBe('["reports"]');
  expect((await inject(app, { url: '/v1/reports/denied' })).statusCode).toBe(403);
});

test('the time for a request counts while its module is loaded', async () => {
  const { ReportsModule } = reports();
  const app = createApp({ imports: [lazy('reports', () => new Promise((resolve) => setTimeout(() => resolve(ReportsModule), 40)))] }, { settings: { FUNCTION_TIMEOUT: 0.01 } });
  expect((await inject(await app.ready(), { url: '/reports/monthly' })).statusCode).toBe(504);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await inject(app, { url: '/reports/monthly' })).payload).toBe('"reports"');
});

test('close() runs the hooks of lazy modules that were loaded', async () => {
  const { ReportsModule, calls } = reports();
  const app = createApp({ imports: [lazy('reports', async () => ReportsModule)] });
  await inject(app, { url: '/reports/monthly' });
  await app.close();
  expect(calls).toEqual(['init', 'bootstrap', 'destroy']);
});

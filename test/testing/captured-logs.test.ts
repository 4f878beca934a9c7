import winston from 'winston';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import type { OnModuleDestroy, OnModuleInit } from '../../src/contracts/lifecycle.js';
import { Logger } from '../../src/contracts/logger.js';
import { OnSqs } from '../../src/decorators/consumers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Param } from '../../src/decorators/parameters.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { getLogger } from '../../src/logging/logger/current-logger.js';
import { CurrentEventLogger } from '../../src/logging/logger/event-logger.js';
import type { LogLine } from '../../src/testing/captured-logs.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import type { TestingApplication } from '../../src/testing/testing-application.js';
import { Test } from '../../src/testing/testing-module-builder.js';
import { type CapturedStdout, captureStdout } from '../logging/captured-stdout.js';

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

@Controller()
class Talking {
  constructor(private readonly logger: Logger) {}

  @Get('hello/:name')
  async hello(@Param('name') name: string) {
    this.logger.info('injected', { name });
    await pause();
    getLogger().info('current', { name, when: new Date(0), amount: 10n });
    getLogger().set({ name });
  }

  @Get('levels')
  levels() {
    this.logger.debug('fine');
    this.logger.critical('loud', { cause: new TypeError('broken') });
  }

  @OnSqs('orders')
  take() {
    this.logger.warning('taken');
  }
}

const build = (options: ApplicationOptions = {}) => Test.createTestingModule({ controllers: [Talking] }, options);
const start = (options: ApplicationOptions = {}) => build(options).compile();
const seen = (logs: readonly LogLine[]) => logs.map(({ type, message, name }) => [message ?? type, name]);

/** An application that logs while it starts and ends. */
const named = (name: string) => {
  @Injectable()
  class Pool implements OnModuleInit, OnModuleDestroy {
    constructor() {
      getLogger().info('made', { name });
    }
    async onModuleInit() {
      await pause();
      getLogger().set({ lost: 1 });
      getLogger().info('opened', { name });
    }
    async onModuleDestroy() {
      await pause();
      getLogger().info('closed', { name });
    }
  }
  return Test.createTestingModule({ providers: [Pool] }).compile();
};

const hello = async (app: TestingApplication) => void (await app.inject({ url: '/hello/ada' }));
const memory = () => {
  const written: string[] = [];
  const transport = Object.assign(new winston.transports.Console(), {
    log: (info: { message: string }, done: () => void) => (written.push(info.message), done()),
  });
  return { written, transport };
};

describe('captured log lines', () => {
  let stdout: CapturedStdout;

  beforeEach(() => void (stdout = captureStdout()));
  afterEach(() => jest.restoreAllMocks());

  it('are objects, in their order, those of the access log included, and nothing is printed', async () => {
    await using app = await start();
    await app.inject({ url: '/hello/ada', headers: { 'x-request-id': 'r1' } });
    const line = { level: 'info', date: expect.any(String), id: 'r1' };
    expect(app.logs).toEqual([
      { ...line, message: 'injected', name: 'ada' },
      { ...line, message: 'current', name: 'ada', when: '1970-01-01T00:00:00.000Z', amount: '10' },
      expect.objectContaining({ ...line, type: 'access', status_code: 204, name: 'ada', cold_start: true }),
    ]);
    expect(stdout.text()).toBe('');
  });

  it('are those of records and batches, too', async () => {
    await using app = await start();
    await app.handler(events.sqs('orders', ['a']), fakeContext());
    expect(app.logs).toMatchObject([
      { message: 'taken' },
      { type: 'record', status: 'ok' },
      { type: 'batch', records: 1 },
    ]);
  });

  it('have the levels that the application writes, with errors spelt out', async () => {
    await using app = await start({ accessLog: false });
    await app.inject({ url: '/levels' });
    expect(app.logs).toMatchObject([
      {
        level: 'critical',
        message: 'loud',
        cause: { name: 'TypeError', message: 'broken', stack: expect.any(String) },
      },
    ]);
    await using chatty = await start({ accessLog: false, settings: { LOG_LEVEL: 'debug' } });
    await chatty.inject({ url: '/levels' });
    expect(chatty.logs).toMatchObject([{ message: 'fine' }, { message: 'loud' }]);
  });

  it('may be taken away between tests', async () => {
    await using app = await start();
    await app.inject({ url: '/hello/ada' });
    expect(app.logs.splice(0)).toHaveLength(3);
    await app.inject({ url: '/hello/bob' });
    expect(app.logs.map(({ name }) => name)).toEqual(['bob', 'bob', 'bob']);
  });

  it('are printed as well where that was asked for', async () => {
    await using app = await build().printLogs().compile();
    await app.inject({ url: '/hello/ada' });
    expect(app.logs).toHaveLength(3);
    expect(stdout.lines()).toEqual(app.logs);
  });

  it('belong to their application, however many there are at once', async () => {
    const apps = await Promise.all(Array.from({ length: 5 }, () => start()));
    await Promise.all(apps.map((app, index) => app.inject({ url: `/hello/n${index}` })));
    for (const [index, app] of apps.entries())
      expect(new Set(app.logs.map(({ name }) => name))).toEqual(new Set([`n${index}`]));
    await Promise.all(apps.map((app) => app.close()));
  });

  it('of starts and ends belong to the application that starts or ends', async () => {
    const apps = await Promise.all(['a', 'b', 'c'].map(named));
    await Promise.all(apps.map((app) => app.close()));
    expect(apps.map(({ logs }) => seen(logs))).toEqual(
      ['a', 'b', 'c'].map((name) => [
        ['made', name],
        ['opened', name],
        ['closed', name],
      ]),
    );
    const outside = { level: 'info', date: expect.any(String), message: 'opened', name: 'a' };
    expect(apps[0]!.logs[1]).toEqual(outside);
  });

  it('outside of everything are of the application that was started last, until it is closed', async () => {
    const first = await start();
    const last = await start();
    getLogger().info('between tests');
    expect([seen(first.logs), seen(last.logs)]).toEqual([[], [['between tests', undefined]]]);
    await last.close();
    getLogger().info('afterwards');
    expect(stdout.lines()).toMatchObject([{ message: 'afterwards' }]);
    await first.close();
  });

  describe('with an option logger', () => {
    it('of winston’s options are kept before any format, and reach its transports only where printed', async () => {
      const { written, transport } = memory();
      const logger = { format: winston.format.printf(() => 'no JSON'), transports: [transport], level: 'debug' };
      await using app = await start({ logger, accessLog: false });
      await hello(app);
      await app.inject({ url: '/levels' });
      expect(seen(app.logs)).toEqual([
        ['injected', 'ada'],
        ['current', 'ada'],
        ['fine', undefined],
        ['loud', undefined],
      ]);
      expect(written).toEqual([]);
      await using printing = await build({ logger, accessLog: false }).printLogs().compile();
      await hello(printing);
      expect([printing.logs.length, written]).toEqual([2, ['injected', 'current']]);
    });

    it('of a winston logger have its level', async () => {
      await using app = await start({
        logger: winston.createLogger({ level: 'error', transports: [new winston.transports.Console()] }),
      });
      await app.inject({ url: '/levels' });
      expect(seen(app.logs)).toEqual([['loud', undefined]]);
      expect(stdout.text()).toBe('');
    });

    it('that is wrong are told of as without capturing', async () => {
      await expect(start({ logger: { colour: true } as object })).rejects.toThrow(
        'Unknown in the option logger: colour.',
      );
    });

    it('of one’s own are its own', async () => {
      const lines: string[] = [];
      class OwnLogger extends CurrentEventLogger {
        protected override log(_level: string, message: string): void {
          lines.push(message);
        }
      }
      await using app = await start({ logger: new OwnLogger() });
      await hello(app);
      expect(lines).toEqual(['injected', 'current', 'GET /hello/ada 204']);
      expect(() => app.logs).toThrow('The application logs to your own Logger, so no lines are captured here.');
    });
  });
});

test('lines of an application that does not come up are printed, and those after it, too', async () => {
  const stdout = captureStdout();
  @Injectable()
  class Broken {
    constructor() {
      getLogger().info('connecting');
      throw new Error('no database');
    }
  }
  await expect(Test.createTestingModule({ providers: [Broken] }).compile()).rejects.toThrow('no database');
  getLogger().info('afterwards');
  expect(stdout.lines()).toEqual([
    expect.objectContaining({ message: 'connecting' }),
    expect.objectContaining({ message: 'afterwards' }),
  ]);
  jest.restoreAllMocks();
});

import { setTimeout as pause } from 'node:timers/promises';
import type { Context as LambdaContext } from 'aws-lambda';
import { type LogFields, Logger } from '../../../src/contracts/logger.js';
import { getLogger, setProcessLogger } from '../../../src/logging/logger/current-logger.js';
import { EventFields, logState, runWithEventFields } from '../../../src/logging/logger/event-fields.js';
import { EventLogger } from '../../../src/logging/logger/event-logger.js';
import { StdoutWriter } from '../../../src/logging/writers/stdout-writer.js';
import { LOG_LEVELS, type LogLevel } from '../../../src/settings/settings.js';
import { type CapturedStdout, captureStdout } from '../captured-stdout.js';

const traced = (trace: string) => ({ awsRequestId: 'lambda', xRayTraceId: trace }) as unknown as LambdaContext;
const untraced = { awsRequestId: 'lambda' } as LambdaContext;
const levels = (Object.keys(LOG_LEVELS) as LogLevel[]).toReversed();

let stdout: CapturedStdout;
const logger = new EventLogger(new StdoutWriter('debug'));

function within<T>(id: string, task: () => T): T {
  return runWithEventFields(new EventFields(id, traced(`trace of ${id}`), logger), task);
}

/** Which levels a fresh process writes with this LOG_LEVEL. */
function levelsOf(value: string): unknown[] {
  process.env['LOG_LEVEL'] = value;
  logState.logger = undefined;
  const before = stdout.lines().length;
  for (const level of levels) getLogger()[level]('text');
  return stdout
    .lines()
    .slice(before)
    .map((line) => line['level']);
}

beforeEach(() => {
  stdout = captureStdout();
  setProcessLogger(logger);
});

afterEach(() => {
  jest.restoreAllMocks();
  delete process.env['_X_AMZN_TRACE_ID'];
  delete process.env['LOG_LEVEL'];
});

describe('a logger', () => {
  it('writes one JSON line a call with level, date, message, id, trace id, then the fields', () => {
    within('r1', () => logger.info('created', { order: 7 }));
    const [line] = stdout.lines();
    expect(Object.entries(line!)).toEqual([
      ['level', 'info'],
      ['date', expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)],
      ['message', 'created'],
      ['id', 'r1'],
      ['trace_id', 'trace of r1'],
      ['order', 7],
    ]);
  });

  it.each(levels)('has the level %s', (level) => {
    logger[level]('text');
    expect(stdout.lines()).toMatchObject([{ level, message: 'text' }]);
  });

  it('writes a message of several lines as one line', () => {
    logger.error('first\nsecond', { stack: 'a\nb' });
    expect(stdout.text()).toMatch(/^[^\n]+\n$/);
    expect(stdout.lines()).toMatchObject([{ message: 'first\nsecond', stack: 'a\nb' }]);
  });

  it.each(levels)('with the level %s writes nothing that is less severe', (level) => {
    const limited = new EventLogger(new StdoutWriter(level));
    for (const each of levels) limited[each]('text');
    const severe = levels.slice(0, levels.indexOf(level) + 1);
    expect(stdout.lines().map((line) => line['level'])).toEqual(severe);
  });

  it('renders errors among the fields, and an error in their place', () => {
    const error = new RangeError('too much');
    const rendered = { name: 'RangeError', message: 'too much', stack: error.stack };
    logger.error('failed', { error });
    logger.error('failed', error as unknown as LogFields);
    expect(stdout.lines()).toMatchObject([{ error: rendered }, { error: rendered }]);
  });

  it('survives fields that throw', () => {
    const fields = Object.defineProperty({ ok: 1 }, 'bad', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    logger.info('text', fields);
    expect(stdout.lines()).toMatchObject([{ message: 'text', ok: 1, bad: '[Unreadable]' }]);
  });

  it('keeps a field whose name is taken, with an underscore behind it', () => {
    within('r1', () => logger.info('created', { id: 7, level: 'forged', toString: 'plain' }));
    expect(stdout.lines()).toMatchObject([{ id: 'r1', id_: 7, level: 'info', level_: 'forged', toString: 'plain' }]);
  });

  it('takes __proto__ for a name that is taken', () => {
    logger.info('text', JSON.parse('{"__proto__":{"admin":true},"a":1}') as LogFields);
    expect(stdout.lines()).toMatchObject([{ a: 1, __proto___: { admin: true } }]);
  });

  it("puts Lambda's names and a timestamp when asked to", () => {
    const forLambda = new EventLogger(new StdoutWriter('debug'), { lambdaFields: true });
    for (const level of levels) forLambda[level]('text');
    const lines = stdout.lines();
    expect(lines.map((line) => line['level'])).toEqual(['FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG']);
    expect(lines.every((line) => line['timestamp'] === line['date'])).toBe(true);
  });

  it('takes the trace id of the environment where the context has none', () => {
    process.env['_X_AMZN_TRACE_ID'] = 'Root=1-5759e988-bd862e3fe1be46a994272793';
    const log = new EventFields('r1', untraced, logger);
    log.keepTraceId();
    process.env['_X_AMZN_TRACE_ID'] = 'that of the next invocation';
    runWithEventFields(log, () => logger.info('text'));
    expect(stdout.lines()).toMatchObject([{ trace_id: 'Root=1-5759e988-bd862e3fe1be46a994272793' }]);
  });

  it('leaves the trace id out where there is none', () => {
    runWithEventFields(new EventFields('r1', untraced, logger), () => logger.info('text'));
    expect(Object.keys(stdout.lines()[0]!)).toEqual(['level', 'date', 'message', 'id']);
  });
});

describe('getLogger', () => {
  it('logs without id outside of an event', () => {
    getLogger().info('text', { a: 1 });
    getLogger().set({ b: 2 });
    expect(Object.keys(stdout.lines()[0]!)).toEqual(['level', 'date', 'message', 'a']);
    expect(getLogger().fields).toEqual({});
  });

  it('before there is an application goes by LOG_LEVEL, and by info when that is nonsense', () => {
    expect(levelsOf('error')).toEqual(['critical', 'error']);
    expect(levelsOf('loud')).toEqual(['critical', 'error', 'warning', 'info']);
  });

  it('may be fetched before the event and serves every event', () => {
    const early = getLogger();
    within('r1', () => early.info('one'));
    within('r2', () => early.info('two'));
    expect(stdout.lines()).toMatchObject([{ id: 'r1' }, { id: 'r2' }]);
  });

  it('knows its event after await, in timers, microtasks and callbacks', async () => {
    await within('r1', async () => {
      await pause(1);
      getLogger().info('after await');
      await new Promise<void>((done) =>
        setTimeout(() => {
          getLogger().info('timer');
          done();
        }, 1),
      );
      await new Promise<void>((done) =>
        setImmediate(() => {
          getLogger().info('immediate');
          done();
        }),
      );
      await new Promise<void>((done) =>
        process.nextTick(() => {
          getLogger().info('tick');
          done();
        }),
      );
      queueMicrotask(() => getLogger().info('microtask'));
      await pause(0);
    });
    getLogger().info('outside');
    expect(stdout.lines().map((line) => [line['message'], line['id']])).toEqual([
      ['after await', 'r1'],
      ['timer', 'r1'],
      ['immediate', 'r1'],
      ['tick', 'r1'],
      ['microtask', 'r1'],
      ['outside', undefined],
    ]);
  });

  it('never mixes up a thousand overlapping events', async () => {
    const seen = await Promise.all(
      Array.from({ length: 1000 }, (_, index) =>
        within(`r${index}`, async () => {
          getLogger().set({ index });
          await pause(index % 7);
          getLogger().info('half');
          getLogger().set({ [`only${index}`]: true });
          await pause((1000 - index) % 5);
          return getLogger().fields;
        }),
      ),
    );
    expect(seen).toEqual(Array.from({ length: 1000 }, (_, index) => ({ index, [`only${index}`]: true })));
    const ids = stdout.lines().map((line) => String(line['id']));
    expect(new Set(ids).size).toBe(1000);
    expect(stdout.lines().every((line) => line['trace_id'] === `trace of ${String(line['id'])}`)).toBe(true);
  });

  it('collects fields, later ones over earlier ones', () => {
    within('r1', () => {
      getLogger().set({ a: 1, b: 1 });
      logger.set({ b: 2, ['__proto__']: 'own' });
      expect({ ...getLogger().fields }).toEqual({ a: 1, b: 2, __proto___: 'own' });
    });
  });

  it('survives fields whose getters throw', () => {
    within('r1', () => {
      getLogger().set(
        Object.defineProperty({ a: 1 }, 'bad', {
          enumerable: true,
          get: () => {
            throw new Error('no');
          },
        }),
      );
      expect(getLogger().fields).toEqual({ a: 1, bad: '[Unreadable]' });
    });
  });

  it('is not made with new, which would write nothing', () => {
    const Made = Logger as unknown as new (name: string) => Logger;
    expect(() => new Made('Orders')).toThrow(
      /^Logger cannot be created with new: inject it, .* or call getLogger\(\)\.$/,
    );
  });

  it("speaks through the event's own logger, whatever class it is", () => {
    const told: unknown[] = [];
    class OwnLogger extends Logger {
      debug(message: string): void {
        told.push(['debug', message]);
      }
      info(message: string, fields?: LogFields): void {
        told.push(['info', message, fields]);
      }
      warning(message: string): void {
        told.push(['warning', message]);
      }
      error(message: string): void {
        told.push(['error', message]);
      }
      critical(message: string): void {
        told.push(['critical', message]);
      }
      set(fields: LogFields): void {
        getLogger().set(fields);
      }
      get fields(): Readonly<LogFields> {
        return getLogger().fields;
      }
    }
    const own = new OwnLogger();
    runWithEventFields(new EventFields('r1', untraced, own), () => {
      getLogger().info('text', { a: 1 });
      own.set({ b: 2 });
      expect(getLogger().fields).toEqual({ b: 2 });
      expect(own.fields).toEqual({ b: 2 });
    });
    expect(told).toEqual([['info', 'text', { a: 1 }]]);
    expect(stdout.text()).toBe('');
  });

  it('sees the events of another copy of the package', async () => {
    let other: typeof import('../../../src/logging/logger/current-logger.js') | undefined;
    await jest.isolateModulesAsync(async () => {
      other = await import('../../../src/logging/logger/current-logger.js');
    });
    expect(other!.getLogger).not.toBe(getLogger);
    within('r1', () => {
      other!.getLogger().info('text');
      other!.getLogger().set({ a: 1 });
      expect(getLogger().fields).toEqual({ a: 1 });
    });
    expect(stdout.lines()).toMatchObject([{ id: 'r1', message: 'text' }]);
  });
});

import type { Context as LambdaContext } from 'aws-lambda';
import { type LogFields, Logger } from '../../../src/contracts/logger.js';
import { createLogger } from '../../../src/logging/logger/create-logger.js';
import { getLogger } from '../../../src/logging/logger/current-logger.js';
import { EventFields, runWithEventFields } from '../../../src/logging/logger/event-fields.js';
import { type CapturedStdout, captureStdout } from '../captured-stdout.js';

let stdout: CapturedStdout;

beforeEach(() => void (stdout = captureStdout()));
afterEach(() => jest.restoreAllMocks());

function thrower(): never {
  throw new Error('no');
}

const logger = createLogger(undefined, { level: 'debug' }) as Logger;
const inEvent = <T>(id: string, task: () => T): T =>
  runWithEventFields(new EventFields(id, {} as LambdaContext, logger), task);
const lines = () => stdout.lines().map(({ date: _date, ...line }) => line);

describe('child', () => {
  test('adds its fields to its lines at every level, and to no other', () => {
    const child = logger.child({ component: 'mail' });
    for (const level of ['debug', 'info', 'warning', 'error', 'critical'] as const) child[level](level, { n: 1 });
    logger.info('not the child');
    expect(lines()).toEqual([
      ...['debug', 'info', 'warning', 'error', 'critical'].map((level) => ({
        level,
        message: level,
        component: 'mail',
        n: 1,
      })),
      { level: 'info', message: 'not the child' },
    ]);
  });

  test('has children of its own; the fields of the line, then those of the youngest count', () => {
    const child = logger.child({ a: 1, b: 1, c: 1 }).child({ b: 2, c: 2 });
    child.info('text', { c: 3 });
    expect(lines()).toEqual([{ level: 'info', message: 'text', a: 1, b: 2, c: 3 }]);
  });

  test('belongs to the event that is handled when it writes', () => {
    const child = getLogger().child({ component: 'mail' });
    inEvent('one', () => child.info('text'));
    inEvent('two', () => child.info('text'));
    expect(lines().map(({ id, component }) => [id, component])).toEqual([
      ['one', 'mail'],
      ['two', 'mail'],
    ]);
  });

  test('takes an error as the fields, keeps getters safe, and cannot take a reserved name', () => {
    const hostile = {
      id: 7,
      ['__proto__']: 'mine',
      get broken() {
        throw new Error('unreadable');
      },
    };
    logger.child(hostile).error('failed', new TypeError('no such order') as unknown as LogFields);
    expect(lines()).toEqual([
      {
        level: 'error',
        message: 'failed',
        id_: 7,
        ['__proto___']: 'mine',
        broken: '[Unreadable]',
        error: expect.objectContaining({ name: 'TypeError', message: 'no such order' }) as unknown,
      },
    ]);
  });

  test('never fails, whatever its fields are', () => {
    const broken = new Proxy({}, { ownKeys: thrower });
    for (const odd of [undefined, null, 7, 'text', broken]) {
      getLogger()
        .child(odd as never)
        .info('told', { n: 1 });
      getLogger()
        .child({ n: 1 })
        .info('told', odd as never);
    }
    expect(stdout.lines().map(({ message, n }) => [message, n])).toEqual(Array.from({ length: 10 }, () => ['told', 1]));
  });

  test('sets, appends and reads the fields of the event', () => {
    const event = new EventFields('one', {} as LambdaContext, logger);
    const child = logger.child({ component: 'mail' });
    runWithEventFields(event, () => {
      child.set({ order: 1 });
      child.append({ tenant: 'a' });
      expect(child.fields).toEqual({ order: 1, tenant: 'a' });
    });
    expect(event.added).toEqual({ order: 1, tenant: 'a' });
  });
});

describe('append', () => {
  test('adds fields to all further lines of the event, of whatever logger, and to its own line', () => {
    const event = new EventFields('one', {} as LambdaContext, logger);
    runWithEventFields(event, () => {
      getLogger().info('before');
      getLogger().append({ tenant: 'a', order: 1 });
      logger.child({ component: 'mail', order: 2 }).info('child');
      logger.info('own', { order: 3 });
    });
    expect(lines()).toEqual([
      { level: 'info', message: 'before', id: 'one' },
      { level: 'info', message: 'child', id: 'one', tenant: 'a', component: 'mail', order: 2 },
      { level: 'info', message: 'own', id: 'one', tenant: 'a', order: 3 },
    ]);
    expect(event.fields).toEqual({ tenant: 'a', order: 1 });
  });

  test('stays with its event while others run', async () => {
    await Promise.all(
      ['one', 'two', 'three'].map((id) =>
        inEvent(id, async () => {
          getLogger().append({ [id]: true });
          await new Promise(setImmediate);
          getLogger().info('after');
        }),
      ),
    );
    logger.info('outside');
    expect(lines()).toEqual([
      { level: 'info', message: 'after', id: 'one', one: true },
      { level: 'info', message: 'after', id: 'two', two: true },
      { level: 'info', message: 'after', id: 'three', three: true },
      { level: 'info', message: 'outside' },
    ]);
  });

  test('does nothing outside an event, and takes no reserved name', () => {
    getLogger().append({ tenant: 'a' });
    inEvent('one', () => {
      getLogger().append({ id: 'forged', type: 'access', ['__proto__']: 1 });
      getLogger().info('text');
    });
    expect(lines()).toEqual([
      { level: 'info', message: 'text', id: 'one', id_: 'forged', type_: 'access', ['__proto___']: 1 },
    ]);
  });

  test('of a logger of your own is its set, unless it has one', () => {
    const calls: unknown[] = [];
    class Own extends Logger {
      debug(message: string, fields?: LogFields) {
        calls.push([message, fields]);
      }
      info = this.debug;
      warning = this.debug;
      error = this.debug;
      critical = this.debug;
      set(fields: LogFields) {
        calls.push(fields);
      }
      get fields() {
        return {};
      }
    }
    new Own().append({ a: 1 });
    new Own().child({ a: 1 }).debug('text', { b: 2 });
    expect(calls).toEqual([{ a: 1 }, ['text', { a: 1, b: 2 }]]);
  });
});

import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { OnEvent, OnSqs } from '../../src/decorators/consumers.js';
import { Body, Param } from '../../src/decorators/parameters.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { InternalServerErrorException, NotFoundException } from '../../src/errors/exceptions.js';
import type { LoggerOption } from '../../src/logging/logger/create-logger.js';
import { getLogger } from '../../src/logging/logger/current-logger.js';
import type { ModuleMetadata } from '../../src/shared/module.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { inject } from '../../src/testing/inject.js';
import { Test } from '../../src/testing/testing-module-builder.js';
import { type CapturedStdout, captureStdout } from '../logging/captured-stdout.js';
import { createApp, SOURCES } from './create-app.js';

let stdout: CapturedStdout;

beforeEach(() => void (stdout = captureStdout()));
afterEach(() => jest.restoreAllMocks());

/** The lines, shortened to what tells them apart. */
const told = () => stdout.lines().map((line) => `${line['level']} ${line['message'] ?? line['type']}`);

@Controller()
class Orders {
  @Get('ok') ok() {
    getLogger().debug('looking');
    getLogger().info('found');
  }
  @Get('fails/:how') async fails(@Param('how') how: string) {
    getLogger().debug('looking');
    await new Promise(setImmediate);
    getLogger().info('slow');
    getLogger().debug('still looking');
    if (how === 'missing') throw new NotFoundException();
    if (how === 'broken') throw new TypeError('broken');
    if (how === 'logged') {
      getLogger().error('handled');
      getLogger().debug('afterwards');
      return;
    }
    throw new InternalServerErrorException();
  }
  @OnSqs('orders') async take(@Body() order: { id: number; fails?: boolean }) {
    getLogger().append({ order: order.id });
    getLogger().debug(`taking ${order.id}`);
    await new Promise(setImmediate);
    if (order.fails) throw new Error('no');
  }
}

const metadata: ModuleMetadata = { controllers: [Orders] };
const ask = async (url: string, logger: LoggerOption, options: ApplicationOptions = {}) => {
  const app = createApp(metadata, { logger, ...options });
  await inject(app, { url }).catch(() => undefined);
};

describe('logger: { buffer }', () => {
  test('drops debug lines of an event that succeeds, and of one that the caller got wrong', async () => {
    await ask('/ok', { buffer: true });
    await ask('/fails/missing', { buffer: true });
    expect(told()).toEqual(['info found', 'info access', 'info slow', 'warning access']);
  });

  test.each(['status', 'broken'])('writes them before the error line of one that fails: %s', async (how) => {
    await ask(`/fails/${how}`, { buffer: true });
    expect(told().slice(0, 3)).toEqual(['info slow', 'debug looking', 'debug still looking']);
    expect(told().at(-1)).toMatch(/^(error|critical) access$/);
    const [, looking] = stdout.lines();
    expect(looking).toMatchObject({ message: 'looking', id: stdout.lines().at(-1)!['id'] });
  });

  test.each(SOURCES)('writes them when the time is up (%s)', async (source) => {
    @Controller()
    class Slow {
      @Get() async wait(signal: AbortSignal) {
        getLogger().debug('waiting');
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
      }
    }
    const app = createApp({ controllers: [Slow] }, { logger: { buffer: true }, timeoutMargin: 0 });
    const answer = await inject(app, { source, url: '/', remainingTime: 30 });
    expect(answer.statusCode).toBe(504);
    expect(told()).toEqual(['debug waiting', 'error access']);
  });

  test('writes them before an error line of the program, and drops what follows if the event succeeds', async () => {
    await ask('/fails/logged', { buffer: true });
    expect(told()).toEqual(['info slow', 'debug looking', 'debug still looking', 'error handled', 'info access']);
  });

  test('writes them for an unhandled error without an access log', async () => {
    await ask('/fails/broken', { buffer: true }, { accessLog: false });
    expect(told()).toEqual(['info slow', 'debug looking', 'debug still looking', 'critical Unhandled error']);
  });

  test('keeps whatever is below the level', async () => {
    await ask('/fails/status', { buffer: true, level: 'error' });
    expect(told()).toEqual(['debug looking', 'info slow', 'debug still looking', 'error access']);
    stdout.text();
    await ask('/ok', { buffer: true, level: 'error' });
    expect(told()).toHaveLength(4);
  });

  test('is of one record: those of others in the batch are dropped', async () => {
    const app = createApp(metadata, { logger: { buffer: true } });
    const batch = events.sqs('orders', [{ id: 1 }, { id: 2, fails: true }, { id: 3 }]);
    await app.handler(batch, fakeContext());
    const debug = stdout.lines().filter(({ level }) => level === 'debug');
    expect(debug.map(({ message, order }) => [message, order])).toEqual([['taking 2', 2]]);
    expect(told().indexOf('debug taking 2')).toBe(told().indexOf('error record') - 1);
  });

  test('is of one event, while others run', async () => {
    const app = createApp(metadata, { logger: { buffer: true } });
    const answers = Array.from({ length: 20 }, (_, index) =>
      inject(app, {
        url: index % 2 === 0 ? '/fails/status' : '/fails/missing',
        headers: { 'x-request-id': `r${index}` },
      }),
    );
    await Promise.all(answers);
    const debug = stdout.lines().filter(({ level }) => level === 'debug');
    expect(debug).toHaveLength(20);
    expect(debug.every(({ id }) => Number(String(id).slice(1)) % 2 === 0)).toBe(true);
  });

  test('keeps children, appended fields and sampling of a hundred events apart, in whatever order they go on', async () => {
    // Every second draw is below the share.
    let draws = 0;
    jest.spyOn(Math, 'random').mockImplementation(() => (draws++ % 2 === 0 ? 0.1 : 0.9));
    const kept = getLogger().child({ by: 'kept' });
    @Controller()
    class Mixed {
      @Get(':id') async get(@Param('id') id: string) {
        const child = kept.child({ child: id });
        getLogger().append({ appended: id });
        for (let step = 0; step < 3; step++) {
          child.debug(`step ${step}`);
          for (let turns = (Number(id) * 7 + step) % 5; turns >= 0; turns--) await new Promise(setImmediate);
        }
        if (Number(id) % 3 === 0) throw new InternalServerErrorException();
      }
    }
    const app = createApp({ controllers: [Mixed] }, { logger: { buffer: true, sampling: 0.5 } });
    await Promise.all(Array.from({ length: 100 }, (_, id) => inject(app, { url: `/${id}` })));
    const lines = stdout.lines();
    for (let id = 0; id < 100; id++) {
      const own = lines.filter((line) => line['appended'] === `${id}`);
      const [access, ...others] = own.filter(({ type }) => type === 'access');
      const steps = own.filter(({ type }) => type === undefined);
      expect(others).toEqual([]);
      expect(new Set(own.map((line) => line['id'])).size).toBe(1);
      if (id % 3 === 0) expect(access).toMatchObject({ status_code: 500 });
      // A sampled event has them in any case, and once: what is written is not kept.
      if (id % 3 === 0 || steps.length > 0)
        expect(steps.map(({ message }) => message)).toEqual(['step 0', 'step 1', 'step 2']);
      for (const step of steps) expect(step).toMatchObject({ by: 'kept', child: `${id}`, level: 'debug' });
    }
    expect(draws).toBe(100);
    const sampled = lines.filter((line) => line['message'] === 'step 0' && Number(line['appended']) % 3 !== 0);
    expect(sampled.length).toBeGreaterThan(20);
    expect(sampled.length).toBeLessThan(47);
    expect(lines).toHaveLength(100 + 3 * (34 + sampled.length));
  });

  test('keeps the latest lines within its bytes, and says how many are missing', async () => {
    @Controller()
    class Wordy {
      @Get() fail() {
        for (let index = 0; index < 100; index++) getLogger().debug(`line ${index}`, { text: 'é'.repeat(50) });
        throw new InternalServerErrorException();
      }
      @Get('one') one() {
        getLogger().debug('too long', { text: 'é'.repeat(2000) });
        throw new InternalServerErrorException();
      }
    }
    const app = createApp({ controllers: [Wordy] }, { logger: { buffer: { maxBytes: 1000 } } });
    await inject(app, { url: '/' });
    const kept = stdout.lines().filter(({ level }) => level === 'debug');
    const bytes = kept.slice(1).reduce((sum, line) => sum + Buffer.byteLength(JSON.stringify(line)), 0);
    expect(bytes).toBeLessThanOrEqual(1000);
    expect(bytes).toBeGreaterThan(700);
    expect(kept[0]).toEqual({
      level: 'debug',
      date: expect.any(String) as string,
      id: kept[1]!['id'],
      message: `The log buffer is too small: ${101 - kept.length} lines of this event are missing`,
    });
    expect(kept.at(-1)!['message']).toBe('line 99');
    await inject(app, { url: '/one' });
    expect(told().slice(-2)).toEqual([
      'debug The log buffer is too small: 1 lines of this event are missing',
      'error access',
    ]);
  });

  test('keeps fields as they were when the line was written', async () => {
    @Controller()
    class Changing {
      @Get() fail() {
        const order = { state: 'new' };
        getLogger().debug('before', { order });
        order.state = 'changed';
        throw new InternalServerErrorException();
      }
    }
    await inject(createApp({ controllers: [Changing] }, { logger: { buffer: true } }), { url: '/' });
    expect(stdout.lines()[0]).toMatchObject({ message: 'before', order: { state: 'new' } });
  });

  test('works through winston, whose own filter is open for it', async () => {
    await ask('/fails/status', { buffer: true, defaultMeta: { service: 'shop' } });
    expect(told()).toEqual(['info slow', 'debug looking', 'debug still looking', 'error access']);
    expect(stdout.lines().every(({ service }) => service === 'shop')).toBe(true);
    await ask('/ok', { buffer: true, level: 'warning', defaultMeta: { service: 'shop' } });
    expect(told()).toHaveLength(4);
  });

  test('is seen by the test kit as it is written', async () => {
    await using app = await Test.createTestingModule(metadata, { logger: { buffer: true } }).compile();
    await app.inject({ url: '/ok' });
    await app.inject({ url: '/fails/status' });
    expect(app.logs.map(({ level, message }) => `${level} ${message ?? 'access'}`)).toEqual([
      'info found',
      'info access',
      'info slow',
      'debug looking',
      'debug still looking',
      'error access',
    ]);
  });
});

describe('logger: { sampling }', () => {
  test('writes debug lines of a share of events, and draws once an event', async () => {
    const draws = [0.1, 0.9, 0.2];
    const random = jest.spyOn(Math, 'random').mockImplementation(() => draws.shift()!);
    const app = createApp(metadata, { logger: { sampling: 0.5 }, accessLog: false });
    for (const id of ['a', 'b', 'c']) await inject(app, { url: '/fails/missing', headers: { 'x-request-id': id } });
    expect(stdout.lines().map(({ level, id }) => `${level} ${id}`)).toEqual([
      'debug a',
      'info a',
      'debug a',
      'info b',
      'debug c',
      'info c',
      'debug c',
    ]);
    expect(random).toHaveBeenCalledTimes(3);
  });

  test('draws for each record of a batch', async () => {
    const draws = [0.1, 0.9];
    jest.spyOn(Math, 'random').mockImplementation(() => draws.shift() ?? 0.9);
    const app = createApp(metadata, { logger: { sampling: 0.5 } });
    await app.handler(events.sqs('orders', [{ id: 1 }, { id: 2 }]), fakeContext());
    expect(told().filter((line) => line.startsWith('debug'))).toEqual(['debug taking 1']);
  });

  test.each([
    [0, 0],
    [1, 2],
  ])('of %d writes %d debug lines', async (sampling, count) => {
    await ask('/fails/missing', { sampling });
    expect(told().filter((line) => line.startsWith('debug'))).toHaveLength(count);
  });

  test('leaves lines outside events to the level', async () => {
    @Controller()
    class Chatty {
      constructor() {
        getLogger().debug('created');
        getLogger().info('started');
      }
      @Get() list() {}
    }
    await createApp({ controllers: [Chatty] }, { logger: { sampling: 1, buffer: true } }).ready();
    expect(told()).toEqual(['info started']);
  });

  test('writes at once what a buffer would keep', async () => {
    await ask('/fails/missing', { sampling: 1, buffer: true });
    expect(told()).toEqual(['debug looking', 'info slow', 'debug still looking', 'warning access']);
  });
});

describe('logger: { redact }', () => {
  @Controller()
  class Secrets {
    @Get() leak() {
      getLogger().set({ password: 'set' });
      getLogger().append({ token: 'appended' });
      getLogger()
        .child({ customer: { card: '4242' } })
        .info('paying', { Password: 'line', list: [{ token: 'deep' }] });
      getLogger().debug('keeping', { password: 'kept' });
      throw new InternalServerErrorException(undefined, { errorDetail: { password: 'detail', row: 7 } });
    }
    @OnEvent(() => true) take() {
      getLogger().set({ password: 'record' });
    }
  }
  const redact = ['password', 'token', 'customer.card'];

  test('masks fields of every line: of the program, the access log, records and the buffer', async () => {
    const app = createApp({ controllers: [Secrets] }, { logger: { redact, buffer: true } });
    await inject(app, { url: '/' });
    await app.handler({ any: 'event' }, fakeContext());
    expect(stdout.text()).not.toMatch(/"(set|appended|4242|line|deep|kept|detail)"/);
    const [paying, kept, access, record] = stdout.lines();
    const mask = '[Redacted]';
    expect(paying).toMatchObject({
      message: 'paying',
      token: mask,
      Password: mask,
      customer: { card: mask },
      list: [{ token: mask }],
    });
    expect(kept).toMatchObject({ message: 'keeping', password: mask });
    expect(access).toMatchObject({
      type: 'access',
      password: mask,
      token: mask,
      error_detail: { password: mask, row: 7 },
    });
    expect(record).toMatchObject({ type: 'record', password: mask });
  });

  test('adds to what the access log masks', async () => {
    const options: ApplicationOptions = { accessLog: { redact: ['row'] }, logger: { redact } };
    await inject(createApp({ controllers: [Secrets] }, options), { url: '/' });
    expect(stdout.lines().at(-1)).toMatchObject({ error_detail: { password: '[Redacted]', row: '[Redacted]' } });
  });

  test('leaves standard fields as they are, whatever their name', async () => {
    const app = createApp({ controllers: [Orders] }, { logger: { redact: ['id', 'path', 'message', 'level'] } });
    await inject(app, { url: '/ok', headers: { 'x-request-id': 'r1' } });
    expect(stdout.lines()).toEqual([
      expect.objectContaining({ level: 'info', message: 'found', id: 'r1' }),
      expect.objectContaining({ level: 'info', path: '/ok', id: 'r1' }),
    ]);
  });
});

describe('features of the logger', () => {
  test.each([
    [{ buffer: 'yes' }, 'The option logger: buffer is yes; it takes true or false, or { maxBytes }.'],
    [{ buffer: { maxBytes: 0 } }, 'The option logger.buffer: maxBytes is 0; it takes a whole number from 1.'],
    [{ buffer: { bytes: 5 } }, 'Unknown in the option logger.buffer: bytes.'],
    [{ sampling: 2 }, 'The option logger: sampling is 2; it takes a number from 0 to 1.'],
    [{ redact: 'password' }, 'The option logger: redact is password; it takes a list'],
    [{ redact: [], sample: 1 }, 'Unknown in the option logger: sample.'],
    [{ buffer: true, level: 'loud' }, 'The option logger: level is loud'],
  ])('refuse %p', async (logger, message) => {
    await expect(createApp(metadata, { logger: logger as never }).ready()).rejects.toThrow(message);
  });

  test('may all be off', async () => {
    await ask('/ok', { buffer: false, sampling: 0, redact: [] });
    expect(told()).toEqual(['info found', 'info access']);
  });
});

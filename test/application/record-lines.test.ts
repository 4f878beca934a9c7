import { Logger } from '../../src/contracts/logger.js';
import { getLogger } from '../../src/logging/current-logger.js';
import { OnKinesis, OnSns, OnSqs } from '../../src/decorators/consumers.js';
import { Body } from '../../src/decorators/parameters.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { recordEvents } from '../../src/testing/record-events.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { createApp } from './create-app.js';

class Shipping {
  @OnSqs('orders')
  @OnSns('placed')
  @OnKinesis('orders')
  ship(@Body() id: string): void {
    getLogger().set({ order: id, token: 'secret' });
    getLogger().info('Shipping');
    if (id === 'bad') throw new Error('Out of stock');
  }
}

const event = recordEvents.sqs('orders', ['good', 'bad'], (index) => ({ messageId: `m${index}`, attributes: { ApproximateReceiveCount: String(index + 1) } }));

afterEach(() => jest.restoreAllMocks());

describe('the log of records', () => {
  it('has a line each and one for the batch', async () => {
    const stdout = captureStdout();
    const context = fakeContext();
    await createApp({ providers: [Shipping] }).handler(event, context);
    const lines = stdout.lines();
    expect(lines.filter(({ type }) => type === 'record')).toEqual([
      {
        type: 'record', level: 'info', date: expect.any(String), id: 'm0', source: 'sqs', consumer: 'Shipping.ship', attempt: 1,
        status: 'ok', execution_time: expect.any(Number), order: 'good', token: 'secret',
      },
      {
        type: 'record', level: 'error', date: expect.any(String), id: 'm1', source: 'sqs', consumer: 'Shipping.ship', attempt: 2,
        status: 'failed', execution_time: expect.any(Number), error_detail: expect.stringContaining('Error: Out of stock\n'), order: 'bad', token: 'secret',
      },
    ]);
    expect(lines.at(-1)).toEqual({
      type: 'batch', level: 'error', date: expect.any(String), id: context.awsRequestId, source: 'sqs', records: 2, failed: 1, execution_time: expect.any(Number),
    });
  });

  it('names the record in what a program writes on the way', async () => {
    const stdout = captureStdout();
    await createApp({ providers: [Shipping] }).handler(event, fakeContext());
    expect(stdout.lines().filter(({ message }) => message === 'Shipping').map(({ id }) => id)).toEqual(['m0', 'm1']);
  });

  it('has no line for the batch of a source that delivers one at a time', async () => {
    const stdout = captureStdout();
    await createApp({ providers: [Shipping] }).handler(recordEvents.sns('placed', ['good']), fakeContext());
    expect(stdout.lines().flatMap(({ type }) => type ?? [])).toEqual(['record']);
  });

  it('has no lines for what was not tried, but counts it', async () => {
    const stdout = captureStdout();
    await createApp({ providers: [Shipping] }).handler(recordEvents.kinesis('orders', ['good', 'bad', 'good', 'good']), fakeContext());
    const lines = stdout.lines().filter(({ type }) => type !== undefined);
    expect(lines.map(({ type, status }) => [type, status])).toEqual([['record', 'ok'], ['record', 'failed'], ['batch', undefined]]);
    expect(lines.at(-1)).toMatchObject({ records: 4, failed: 3 });
  });

  it('masks, samples and names levels as the access log does', async () => {
    const stdout = captureStdout();
    const accessLog = { redact: ['token'], sampling: 0, lambdaFields: true };
    await createApp({ providers: [Shipping] }, { accessLog }).handler(event, fakeContext());
    const lines = stdout.lines().filter(({ type }) => type !== undefined);
    expect(lines.map(({ type, level, token }) => [type, level, token])).toEqual([['record', 'ERROR', '[Redacted]'], ['batch', 'ERROR', undefined]]);
    expect(lines.every(({ timestamp, date }) => timestamp === date)).toBe(true);
  });

  it('still tells of failures where there is no access log', async () => {
    const stdout = captureStdout();
    await createApp({ providers: [Shipping] }, { accessLog: false }).handler(event, fakeContext());
    expect(stdout.lines().flatMap(({ type, status, failed }) => (type === undefined ? [] : [[type, status ?? failed]]))).toEqual([['record', 'failed'], ['batch', 1]]);
  });

  it('gives a short message to a logger of one\'s own', async () => {
    const messages: string[] = [];
    class OwnLogger extends Logger {
      override readonly fields = {};

      protected note(message: string): void {
        messages.push(message);
      }

      override debug = this.note;
      override info = this.note;
      override warning = this.note;
      override error = this.note;
      override critical = this.note;
      override set(): void {}
    }
    await createApp({ providers: [Shipping] }, { logger: new OwnLogger() }).handler(event, fakeContext());
    expect(messages.filter((message) => message.startsWith('sqs'))).toEqual(['sqs m0 ok', 'sqs m1 failed', 'sqs 2 1']);
  });
});

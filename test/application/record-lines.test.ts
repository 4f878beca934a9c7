import { Logger } from '../../src/contracts/logger.js';
import { OnAuthorize, OnEvent, OnKinesis, OnSns, OnSqs, OnWebSocket } from '../../src/decorators/consumers.js';
import { Body } from '../../src/decorators/parameters.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import {
  BadRequestException,
  ForbiddenException,
  ServiceUnavailableException,
  UnauthorizedException,
} from '../../src/errors/exceptions.js';
import { getLogger } from '../../src/logging/logger/current-logger.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
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

const event = events.sqs('orders', ['good', 'bad'], (index) => ({
  messageId: `m${index}`,
  attributes: { ApproximateReceiveCount: String(index + 1) },
}));

afterEach(() => jest.restoreAllMocks());

describe('the log of records', () => {
  it('has a line each and one for the batch', async () => {
    const stdout = captureStdout();
    const context = fakeContext();
    await createApp({ providers: [Shipping] }).handler(event, context);
    const lines = stdout.lines();
    expect(lines.filter(({ type }) => type === 'record')).toEqual([
      {
        type: 'record',
        level: 'info',
        date: expect.any(String),
        id: 'm0',
        request_id: context.awsRequestId,
        source: 'sqs',
        consumer: 'Shipping.ship',
        attempt: 1,
        status: 'ok',
        execution_time: expect.any(Number),
        order: 'good',
        token: 'secret',
      },
      {
        type: 'record',
        level: 'error',
        date: expect.any(String),
        id: 'm1',
        request_id: context.awsRequestId,
        source: 'sqs',
        consumer: 'Shipping.ship',
        attempt: 2,
        status: 'failed',
        execution_time: expect.any(Number),
        error_detail: expect.stringContaining('Error: Out of stock\n'),
        order: 'bad',
        token: 'secret',
      },
    ]);
    expect(lines.at(-1)).toEqual({
      type: 'batch',
      level: 'error',
      date: expect.any(String),
      id: context.awsRequestId,
      source: 'sqs',
      records: 2,
      failed: 1,
      execution_time: expect.any(Number),
      cold_start: true,
    });
  });

  it('names the record in what a program writes on the way', async () => {
    const stdout = captureStdout();
    await createApp({ providers: [Shipping] }).handler(event, fakeContext());
    expect(
      stdout
        .lines()
        .filter(({ message }) => message === 'Shipping')
        .map(({ id }) => id),
    ).toEqual(['m0', 'm1']);
  });

  it('has no line for the batch of a source that delivers one at a time', async () => {
    const stdout = captureStdout();
    await createApp({ providers: [Shipping] }).handler(events.sns('placed', ['good']), fakeContext());
    expect(stdout.lines().flatMap(({ type }) => type ?? [])).toEqual(['record']);
  });

  it('has no lines for what was not tried, but counts it', async () => {
    const stdout = captureStdout();
    await createApp({ providers: [Shipping] }).handler(
      events.kinesis('orders', ['good', 'bad', 'good', 'good']),
      fakeContext(),
    );
    const lines = stdout.lines().filter(({ type }) => type !== undefined);
    expect(lines.map(({ type, status }) => [type, status])).toEqual([
      ['record', 'ok'],
      ['record', 'failed'],
      ['batch', undefined],
    ]);
    expect(lines.at(-1)).toMatchObject({ records: 4, failed: 3 });
  });

  it('masks, samples and names levels as the access log does', async () => {
    const stdout = captureStdout();
    const accessLog = { redact: ['token'], sampling: 0, lambdaFields: true };
    await createApp({ providers: [Shipping] }, { accessLog }).handler(event, fakeContext());
    const lines = stdout.lines().filter(({ type }) => type !== undefined);
    expect(lines.map(({ type, level, token }) => [type, level, token])).toEqual([
      ['record', 'ERROR', '[Redacted]'],
      ['batch', 'ERROR', undefined],
    ]);
    expect(lines.every(({ timestamp, date }) => timestamp === date)).toBe(true);
  });

  it('still tells of failures where there is no access log', async () => {
    const stdout = captureStdout();
    await createApp({ providers: [Shipping] }, { accessLog: false }).handler(event, fakeContext());
    expect(
      stdout.lines().flatMap(({ type, status, failed }) => (type === undefined ? [] : [[type, status ?? failed]])),
    ).toEqual([
      ['record', 'failed'],
      ['batch', 1],
    ]);
  });

  it("gives a short message to a logger of one's own", async () => {
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

describe('cold_start', () => {
  @Controller('health')
  class Health {
    @Get() check(): void {}
  }

  const create = (accessLog?: false) =>
    createApp({ controllers: [Health], providers: [Shipping] }, accessLog === false ? { accessLog } : {});
  const request = events.apiGatewayV2({ url: '/health' });
  const carrying = events.sqs('any', [request]);
  const notification = events.sns('placed', ['good']);

  it.each([
    ['a batch in its own line', [event, event, request], ['batch']],
    ['a single record', [notification, notification, event], ['record']],
    ['a request', [request, event, notification], ['access']],
    ['a batch that carries a request', [carrying, request], ['batch']],
  ])('is said of an application’s first event alone: %s', async (_, sequence, types) => {
    const stdout = captureStdout();
    const app = create();
    for (const one of sequence) await app.handler(one, fakeContext()).catch(() => undefined);
    expect(stdout.lines().flatMap(({ type, cold_start: cold }) => (cold === undefined ? [] : [type]))).toEqual(types);
  });

  it('is said of no failure where requests have no lines: one of them may have been the first', async () => {
    const stdout = captureStdout();
    const app = create(false);
    await app.handler(request, fakeContext());
    await app.handler(event, fakeContext());
    expect(stdout.lines().filter(({ cold_start: cold }) => cold !== undefined)).toEqual([]);
  });
});

function gateThrowing(error: Error) {
  class Gate {
    @OnWebSocket('$connect')
    @OnAuthorize()
    @OnSns('placed')
    @OnEvent((value) => (value as { direct?: true }).direct === true)
    open(): void {
      throw error;
    }
  }
  return [Gate];
}

describe('a refusal', () => {
  const connect = events.webSocket({ route: '$connect' });
  const question = events.authorizerToken();
  const refusal = ['refused', 'warning'];
  const failure = ['failed', 'error'];

  it.each([
    ['a WebSocket of whom it does not know', connect, new UnauthorizedException(), refusal],
    ['a WebSocket of what it can not take', connect, new BadRequestException(), refusal],
    ['an authorizer of whom it does not know', question, new UnauthorizedException(), refusal],
    ['an authorizer of who may not', question, new ForbiddenException(), refusal],
    ['no refusal: a WebSocket that is not there', connect, new ServiceUnavailableException(), failure],
    ['no refusal: a WebSocket that fails', connect, new Error('down'), failure],
    ['no refusal: an authorizer that can not decide', question, new BadRequestException(), failure],
    ['no refusal: a record that comes again', events.sns('placed', ['x']), new ForbiddenException(), failure],
    ['no refusal: a direct invocation that fails', { direct: true }, new ForbiddenException(), failure],
  ])('is a warning, not an error: %s', async (_, given, error, expected) => {
    const stdout = captureStdout();
    const app = createApp({ providers: gateThrowing(error) });
    await app.handler(given, fakeContext()).catch(() => undefined);
    expect(stdout.lines().map(({ status, level }) => [status, level])).toEqual([expected]);
  });

  it('has no line where there is no access log, as a refused request has none', async () => {
    const stdout = captureStdout();
    const app = createApp({ providers: gateThrowing(new UnauthorizedException()) }, { accessLog: false });
    await app.handler(connect, fakeContext());
    expect(stdout.lines()).toEqual([]);
  });
});

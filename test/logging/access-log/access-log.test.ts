import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Context as LambdaContext } from 'aws-lambda';
import { type LogFields, Logger } from '../../../src/contracts/logger.js';
import type { ExecutionContext } from '../../../src/contracts/pipeline.js';
import { BootstrapError } from '../../../src/errors/bootstrap-error.js';
import { NotFoundException, ServiceUnavailableException } from '../../../src/errors/exceptions.js';
import { HttpException } from '../../../src/errors/http-exception.js';
import type { ResponseHead } from '../../../src/http/response/rendered-response.js';
import { AccessLogInterceptor } from '../../../src/logging/access-log/access-log-interceptor.js';
import type { AccessLogOptions } from '../../../src/logging/access-log/access-log-options.js';
import { AccessLog } from '../../../src/logging/access-log/access-log.js';
import { getLogger } from '../../../src/logging/logger/current-logger.js';
import { EventFields, runWithEventFields } from '../../../src/logging/logger/event-fields.js';
import { EventLogger } from '../../../src/logging/logger/event-logger.js';
import { StdoutWriter } from '../../../src/logging/writers/stdout-writer.js';
import { type CapturedStdout, captureStdout } from '../captured-stdout.js';
import { httpContext, lambdaContext, type Situation } from '../http-context.js';
import { logRequest } from '../log-request.js';

const traced = { ...lambdaContext, xRayTraceId: 'Root=1-abc' } as unknown as LambdaContext;
const logger = new EventLogger(new StdoutWriter('info'));

let stdout: CapturedStdout;

beforeEach(() => {
  stdout = captureStdout();
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

function answer(statusCode: number): ResponseHead {
  return { statusCode, headers: {}, cookies: [] };
}

async function run(
  accessLog: AccessLog,
  situation: Situation,
  handle: () => Promise<ResponseHead>,
): Promise<ResponseHead> {
  const context = httpContext(situation);
  return runWithEventFields(new EventFields(context.request.id, traced, logger), () =>
    logRequest(accessLog, context, handle),
  );
}

/** The line of one request, after a first one that was a cold start. */
async function lineOf(
  situation: Situation,
  outcome: ResponseHead | (() => ResponseHead),
  options: AccessLogOptions = {},
) {
  const accessLog = new AccessLog(options);
  await run(accessLog, { path: '/first' }, async () => answer(200));
  const before = stdout.lines().length;
  await run(accessLog, situation, async () => (typeof outcome === 'function' ? outcome() : outcome)).catch(
    () => undefined,
  );
  const lines = stdout.lines().slice(before);
  expect(lines.length).toBeLessThan(2);
  return lines[0];
}

function redactedLine(fields: LogFields, redact: string[]) {
  const handle = () => {
    getLogger().set(fields);
    return answer(200);
  };
  return lineOf({}, handle, { redact });
}

/** What the next requests draw when it is decided whether they get a line. */
function drawing(value: number): void {
  jest.spyOn(Math, 'random').mockReturnValue(value);
}

function thrower(): never {
  throw new Error('no');
}

describe('the access log', () => {
  it('has exactly the default fields', async () => {
    const headers = { 'user-agent': 'curl/8' };
    const error = new HttpException(404, 'No such order', { errorDetail: 'order 7 is gone' });
    const line = await lineOf({ headers, route: '/orders/:id', ip: '192.0.2.1', error }, answer(404));
    expect(line).toEqual({
      type: 'access',
      level: 'warning',
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      id: 'request-1',
      method: 'GET',
      path: '/orders/7',
      route: '/orders/:id',
      status_code: 404,
      execution_time: expect.any(Number),
      server_id: hostname(),
      client_user_agent: 'curl/8',
      error_detail: 'order 7 is gone',
      trace_id: 'Root=1-abc',
    });
    expect(Object.keys(line!).join(' ')).toBe(
      'type level date id method path route status_code execution_time server_id client_user_agent error_detail trace_id',
    );
  });

  it('leaves out what is not there', async () => {
    const context = httpContext({ id: 'r' });
    const accessLog = new AccessLog();
    const log = new EventFields('r', lambdaContext, logger);
    await runWithEventFields(log, () => logRequest(accessLog, context, async () => answer(200)));
    expect(Object.keys(stdout.lines()[0]!).join(' ')).toBe(
      'type level date id method path status_code execution_time server_id cold_start',
    );
  });

  it('says cold_start for the first event alone, also when two come at once', async () => {
    const accessLog = new AccessLog();
    await Promise.all([1, 2].map((n) => run(accessLog, { path: `/${n}` }, async () => answer(200))));
    await run(accessLog, { path: '/3' }, async () => answer(200));
    expect(stdout.lines().map((line) => [line['path'], line['cold_start']])).toEqual([
      ['/1', true],
      ['/2', undefined],
      ['/3', undefined],
    ]);
  });

  it('measures in milliseconds, and dates the line from when the request came', async () => {
    jest.useFakeTimers({ now: Date.parse('2026-01-02T03:04:05.678Z') });
    const answered = run(new AccessLog(), {}, async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return answer(200);
    });
    await jest.advanceTimersByTimeAsync(300);
    await answered;
    expect(stdout.lines()).toMatchObject([{ execution_time: 300, date: '2026-01-02T03:04:05.678Z' }]);
  });

  it("names Lambda's log stream as the server where there is one", async () => {
    process.env['AWS_LAMBDA_LOG_STREAM_NAME'] = '2026/01/01/[$LATEST]abc';
    const accessLog = new AccessLog();
    delete process.env['AWS_LAMBDA_LOG_STREAM_NAME'];
    await run(accessLog, {}, async () => answer(200));
    expect(stdout.lines()).toMatchObject([{ server_id: '2026/01/01/[$LATEST]abc' }]);
  });

  it.each([
    [200, 'info'],
    [304, 'info'],
    [399, 'info'],
    [400, 'warning'],
    [499, 'warning'],
    [500, 'error'],
    [504, 'error'],
  ])('gives status %i the level %s', async (status, level) => {
    expect(await lineOf({}, answer(status))).toMatchObject({ level, status_code: status });
  });

  it('calls an unhandled error critical, with status 500 and its stack and causes', async () => {
    const error = new TypeError('broken', { cause: new Error('the reason') });
    const line = await lineOf({}, () => {
      throw error;
    });
    expect(line).toMatchObject({ level: 'critical', status_code: 500 });
    expect(line!['error_detail']).toBe(`${error.stack}\nCaused by: ${(error.cause as Error).stack}`);
  });

  it('calls an answer that was made of an unhandled error critical too, and not one that a filter found', async () => {
    const error = new Error('broken');
    expect(await lineOf({ error }, answer(500))).toMatchObject({ level: 'critical', error_detail: error.stack });
    const filtered = await lineOf({ error }, answer(418));
    expect(filtered).toMatchObject({ level: 'warning' });
    expect(filtered).not.toHaveProperty('error_detail');
  });

  it.each([
    [
      'an HttpException',
      new ServiceUnavailableException('later', { errorDetail: { queue: 'full' } }),
      503,
      'error',
      { queue: 'full' },
    ],
    ['a string', 'just text', 500, 'critical', 'just text'],
    ['nothing', undefined, 500, 'critical', 'undefined'],
    ['an object', { code: 7n }, 500, 'critical', { code: '7' }],
  ])('tells when %s was thrown all the way', async (_what, thrown, status, level, detail) => {
    const line = await lineOf({}, () => {
      throw thrown;
    });
    expect(line).toMatchObject({ status_code: status, level, error_detail: detail });
  });

  it('tells what caused a status from 500 on, unless it has something for the log; of lower ones the caller is the cause', async () => {
    const cause = new Error('ECONNREFUSED', { cause: new Error('socket') });
    const told = `${cause.stack}\nCaused by: ${(cause.cause as Error).stack}`;
    expect(await lineOf({ error: new ServiceUnavailableException(undefined, { cause }) }, answer(503))).toMatchObject({
      error_detail: told,
    });
    expect(await lineOf({ error: new ServiceUnavailableException('later', { cause }) }, answer(503))).toMatchObject({
      error_detail: `later\nCaused by: ${told}`,
    });
    const listed = new ServiceUnavailableException({ code: 7 }, { cause });
    expect(await lineOf({ error: listed }, answer(503))).toMatchObject({
      error_detail: `{"code":7}\nCaused by: ${told}`,
    });
    const detailed = new ServiceUnavailableException('later', { cause, errorDetail: 'the database' });
    expect(await lineOf({ error: detailed }, answer(503))).toMatchObject({ error_detail: 'the database' });
    expect(await lineOf({ error: new NotFoundException('no', { cause }) }, answer(404))).toMatchObject({
      error_detail: 'no',
    });
  });

  it('survives an error whose members throw', async () => {
    const error = Object.defineProperties(new Error('x'), { stack: { get: thrower }, cause: { get: thrower } });
    expect(
      await lineOf({}, () => {
        throw error;
      }),
    ).toMatchObject({ level: 'critical', error_detail: '[Unreadable]' });
  });

  it('tells the detail of an exception, and nothing where that is the text of its status', async () => {
    expect(await lineOf({ error: new NotFoundException('No such order') }, answer(404))).toMatchObject({
      error_detail: 'No such order',
    });
    expect(await lineOf({ error: new NotFoundException() }, answer(404))).not.toHaveProperty('error_detail');
    expect(await lineOf({ error: new NotFoundException('Not Found') }, answer(404))).not.toHaveProperty('error_detail');
  });

  it('adds the fields of the event as they are, and keeps the standard names for itself', async () => {
    const line = await lineOf({}, () => {
      getLogger().set({
        tenant: 'a',
        order: { id: 7n },
        status_code: 1,
        route: 'mine',
        cold_start: false,
        client_ip: 'x',
      });
      return answer(200);
    });
    expect(line).toMatchObject({
      tenant: 'a',
      order: { id: '7' },
      status_code: 200,
      status_code_: 1,
      route_: 'mine',
      cold_start_: false,
      client_ip_: 'x',
    });
    expect(line).not.toHaveProperty('route');
    expect(line).not.toHaveProperty('client_ip');
  });

  it('writes one line whatever the request and the fields hold', async () => {
    const circle: LogFields = { text: 'a\nb\u2028c' };
    circle['self'] = circle;
    await lineOf({ headers: { 'user-agent': 'a\r\nb' }, path: '/%0A' }, () => {
      getLogger().set({ circle, fn: () => 1, symbol: Symbol('s'), map: new Map([['a', 1]]) });
      return answer(200);
    });
    expect(stdout.text().match(/\n/g)).toHaveLength(2);
    expect(stdout.lines()[1]).toMatchObject({
      client_user_agent: 'a\r\nb',
      circle: { self: '[Circular]' },
      map: { a: 1 },
    });
  });

  it('keeps overlapping requests apart', async () => {
    const accessLog = new AccessLog();
    await Promise.all(
      Array.from({ length: 1000 }, (_, n) =>
        run(accessLog, { id: `r${n}`, path: `/${n}` }, async () => {
          await pause(n % 5);
          getLogger().set({ n });
          await pause((1000 - n) % 3);
          return answer(200);
        }),
      ),
    );
    const lines = stdout.lines();
    expect(lines).toHaveLength(1000);
    expect(
      lines.every((line) => line['path'] === `/${line['n'] as number}` && line['id'] === `r${line['n'] as number}`),
    ).toBe(true);
  });

  it('works without an event around it', async () => {
    await logRequest(new AccessLog(), httpContext({ id: 'alone' }), async () => answer(200));
    expect(stdout.lines()).toMatchObject([{ type: 'access', id: 'alone' }]);
  });

  it('goes by the level of the logger', async () => {
    const quiet = new EventLogger(new StdoutWriter('error'));
    const accessLog = new AccessLog();
    for (const status of [200, 404, 503]) {
      const log = new EventFields('r', lambdaContext, quiet);
      await runWithEventFields(log, () => logRequest(accessLog, httpContext(), async () => answer(status)));
    }
    expect(stdout.lines()).toMatchObject([{ status_code: 503 }]);
  });

  it("reaches a Logger of the user's own as a message with fields", async () => {
    const told: unknown[] = [];
    class OwnLogger extends Logger {
      debug(): void {}
      info(message: string, fields?: LogFields): void {
        told.push('info', message, fields);
      }
      warning(): void {}
      error(): void {}
      critical(): void {}
      set(): void {}
      get fields(): LogFields {
        return {};
      }
    }
    const log = new EventFields('r', lambdaContext, new OwnLogger());
    await runWithEventFields(log, () => logRequest(new AccessLog(), httpContext(), async () => answer(200)));
    expect(told).toEqual(['info', 'GET /orders/7 200', expect.objectContaining({ type: 'access', status_code: 200 })]);
  });
});

describe('ignorePaths', () => {
  const options: AccessLogOptions = { ignorePaths: ['/health', /^\/internal\//g] };

  it('takes whole paths and patterns', async () => {
    for (const path of ['/health', '/internal/a', '/internal/b'])
      expect(await lineOf({ path }, answer(200), options)).toBeUndefined();
    for (const path of ['/health/db', '/healthy', '/x/internal/'])
      expect(await lineOf({ path }, answer(200), options)).toMatchObject({ path });
  });

  it('ignores again and again with a global pattern', async () => {
    const accessLog = new AccessLog(options);
    for (let n = 0; n < 3; n += 1) await run(accessLog, { path: '/internal/a' }, async () => answer(200));
    expect(stdout.text()).toBe('');
  });

  it('still tells an unhandled error', async () => {
    expect(await lineOf({ path: '/health' }, answer(503), options)).toBeUndefined();
    expect(
      await lineOf(
        { path: '/health' },
        () => {
          throw new Error('no');
        },
        options,
      ),
    ).toMatchObject({ level: 'critical' });
  });
});

describe('sampling', () => {
  it('keeps the given share of the requests below 400', async () => {
    drawing(0.24);
    expect(await lineOf({ path: '/kept' }, answer(200), { sampling: 0.25 })).toMatchObject({ path: '/kept' });
    drawing(0.25);
    expect(await lineOf({}, answer(200), { sampling: 0.25 })).toBeUndefined();
    expect(await lineOf({}, answer(302), { sampling: 0 })).toBeUndefined();
  });

  it('keeps everything at 1, and every error', async () => {
    drawing(0.999_999);
    expect(await lineOf({}, answer(200), { sampling: 1 })).toMatchObject({ status_code: 200 });
    expect(await lineOf({}, answer(404), { sampling: 0 })).toMatchObject({ status_code: 404 });
    expect(
      await lineOf(
        {},
        () => {
          throw new Error('no');
        },
        { sampling: 0 },
      ),
    ).toMatchObject({ status_code: 500 });
  });
});

describe('redact', () => {
  it('masks names at any depth, in any case, in lists, maps and what toJSON gives', async () => {
    const fields = {
      Password: 'a',
      user: { password: 'b', name: 'Ann' },
      list: [{ password: 'c' }, [{ password: { deep: 'd' } }]],
      map: new Map([['password', 'e']]),
      model: { toJSON: () => ({ password: 'f' }) },
    };
    expect(await redactedLine(fields, ['password'])).toMatchObject({
      Password: '[Redacted]',
      user: { password: '[Redacted]', name: 'Ann' },
      list: [{ password: '[Redacted]' }, [{ password: '[Redacted]' }]],
      map: { password: '[Redacted]' },
      model: { password: '[Redacted]' },
    });
  });

  it('masks paths only where they lead', async () => {
    const fields = {
      customer: { card: { number: '4111' }, cards: [{ number: '4112' }] },
      number: 5,
      card: { number: 6 },
    };
    expect(await redactedLine(fields, ['customer.card.number', 'customer.cards.number'])).toMatchObject({
      customer: { card: { number: '[Redacted]' }, cards: [{ number: '[Redacted]' }] },
      number: 5,
      card: { number: 6 },
    });
  });

  it('masks a field whose name was taken, and leaves standard fields alone', async () => {
    const line = await redactedLine({ path: 'secret' }, ['path']);
    expect(line).toMatchObject({ path: '/orders/7', path_: '[Redacted]' });
  });

  it('leaves what the program holds as it is', async () => {
    const user = { password: 'b' };
    await redactedLine({ user }, ['password']);
    expect(user).toEqual({ password: 'b' });
  });
});

describe('clientIp and lambdaFields', () => {
  it('adds the address only when asked to', async () => {
    expect(await lineOf({ ip: '192.0.2.1' }, answer(200), { clientIp: true })).toMatchObject({
      client_ip: '192.0.2.1',
    });
    expect(await lineOf({ ip: '192.0.2.1' }, answer(200), { clientIp: false })).not.toHaveProperty('client_ip');
  });

  it.each([
    [200, 'INFO'],
    [404, 'WARN'],
    [503, 'ERROR'],
  ])("gives status %i Lambda's %s, and a timestamp", async (status, level) => {
    const line = await lineOf({}, answer(status), { lambdaFields: true });
    expect(line).toMatchObject({ level, status_code: status });
    expect(line!['timestamp']).toBe(line!['date']);
  });

  it("gives an unhandled error Lambda's FATAL", async () => {
    expect(
      await lineOf(
        {},
        () => {
          throw new Error('no');
        },
        { lambdaFields: true },
      ),
    ).toMatchObject({ level: 'FATAL' });
  });
});

describe('the options', () => {
  it.each([
    [
      { ignorePath: ['/'] },
      'Unknown in the option accessLog: ignorePath. It takes ignorePaths, redact, sampling, clientIp, lambdaFields.',
    ],
    [{ toString: 1 }, 'Unknown in the option accessLog: toString.'],
    [{ sampling: 2 }, 'The option accessLog: sampling is 2; it takes a number from 0 to 1.'],
    [{ sampling: Number.NaN }, 'sampling is NaN; it takes a number from 0 to 1.'],
    [{ sampling: '0.5' }, 'sampling is 0.5; it takes a number from 0 to 1.'],
    [
      { ignorePaths: '/health' },
      'The option accessLog: ignorePaths is /health; it takes a list, each item text or a regular expression.',
    ],
    [{ redact: [/x/] }, 'The option accessLog: redact is a list; it takes a list, each item text.'],
    [{ clientIp: 'yes' }, 'The option accessLog: clientIp is yes; it takes true or false.'],
    [{ lambdaFields: null }, 'The option accessLog: lambdaFields is null; it takes true or false.'],
  ])('refuses %j', (options, message) => {
    const create = () => new AccessLogInterceptor(options as AccessLogOptions);
    expect(create).toThrow(BootstrapError);
    expect(create).toThrow(message);
  });

  it('takes undefined for absent', async () => {
    const line = await lineOf({}, answer(200), {
      sampling: undefined,
      redact: undefined,
      ignorePaths: undefined,
    } as unknown as AccessLogOptions);
    expect(line).toMatchObject({ status_code: 200 });
  });
});

it('reads the route when the request has ended', async () => {
  const context: ExecutionContext = { ...httpContext(), route: undefined };
  const handle = async () => {
    Object.assign(context, { route: '/orders/:id' });
    return answer(200);
  };
  await logRequest(new AccessLog(), context, handle);
  expect(stdout.lines()).toMatchObject([{ route: '/orders/:id' }]);
});

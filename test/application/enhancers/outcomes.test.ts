import type { CallHandler } from '../../../src/contracts/pipeline.js';
import { UseGuards, UseInterceptors } from '../../../src/decorators/enhancers.js';
import { Signal } from '../../../src/decorators/parameters.js';
import { Timeout } from '../../../src/decorators/timeout.js';
import { ConflictException } from '../../../src/errors/exceptions.js';
import { AccessLogInterceptor } from '../../../src/logging/access-log/access-log-interceptor.js';
import { fromMiddy } from '../../../src/pipeline/from-middy.js';
import { TimeoutInterceptor } from '../../../src/pipeline/timeout-interceptor.js';
import { isRecordType } from '../../../src/shared/event-types.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { createApp } from '../create-app.js';
import { EVENT_SOURCES, type EventSource, WAYS } from './event-sources.js';

const quiet = { accessLog: false, logger: { silent: true } } as const;

/** What Lambda is given where a method with decorators does its work: an answer, or an error. */
async function outcomeOf(
  source: EventSource,
  batch: boolean,
  decorate: MethodDecorator,
  work: (signal: AbortSignal) => unknown,
): Promise<unknown> {
  class Taker {
    @source.on({ batch })
    @decorate
    take(@Signal() signal: AbortSignal): unknown {
      return work(signal);
    }
  }
  const app = createApp(source.type === 'http' ? { controllers: [Taker] } : { providers: [Taker] }, quiet);
  await app.ready();
  return app.handler(source.event(2), fakeContext()).catch((error: unknown) => error);
}

/** How a failure of all records looks where nobody waits for an answer: a list of them, or the error. */
const failed = (outcome: unknown): boolean =>
  outcome instanceof Error ||
  ((outcome as { batchItemFailures?: unknown[] } | null | undefined)?.batchItemFailures ?? []).length > 0;

// Firehose has a result for each record: test/events/firehose.test.ts.
const RECORDS = WAYS.filter(([, { type }]) => !['http', 'websocket', 'authorizer', 'firehose'].includes(type));
const no = UseGuards({ canActivate: () => false });
const never = () => new Promise<never>(() => undefined);

describe.each(RECORDS)('a record of %s', (_name, source, batch) => {
  const run = (decorate: MethodDecorator, work: (signal: AbortSignal) => unknown = () => undefined) =>
    outcomeOf(source, batch, decorate, work);

  it('has failed where a guard says no, and the method is not called', async () => {
    const work = jest.fn();
    expect(failed(await run(no, work))).toBe(true);
    expect(work).not.toHaveBeenCalled();
  });

  it.each([
    ['@Timeout', Timeout(0.02)],
    ['a TimeoutInterceptor', UseInterceptors(new TimeoutInterceptor(0.02))],
  ])('has failed when the time of %s is up, which its signal tells', async (_what, decorate) => {
    let aborted = 0;
    const outcome = await run(decorate, (signal) => {
      signal.addEventListener('abort', () => aborted++);
      return never();
    });
    expect(failed(outcome)).toBe(true);
    expect(aborted).toBeGreaterThan(0);
  });

  it('goes through a middleware of middy, which may handle its error', async () => {
    const seen: string[] = [];
    const middleware = {
      before: () => void seen.push('before'),
      after: () => void seen.push('after'),
      onError: (request: { error: unknown; response: unknown; event: unknown }) => {
        seen.push(String(request.error));
        // A trigger of Cognito wants its event back.
        request.response = source.type === 'event' ? request.event : null;
      },
    };
    await run(UseInterceptors(fromMiddy(middleware)));
    expect(new Set(seen)).toEqual(new Set(['before', 'after']));
    seen.length = 0;
    expect(failed(await run(UseInterceptors(fromMiddy(middleware)), () => Promise.reject(new Error('no stock'))))).toBe(
      false,
    );
    expect(new Set(seen)).toEqual(new Set(['before', 'Error: no stock']));
  });

  it('is no request to an AccessLogInterceptor, which is left out around it', async () => {
    class Taker {
      @source.on({ batch }) take(): void {}
    }
    const app = createApp({ providers: [Taker] }, { ...quiet, interceptors: [new AccessLogInterceptor()] });
    expect(failed(await app.handler(source.event(1), fakeContext()).catch((error: unknown) => error))).toBe(false);
  });

  it('is one of an invocation that a middleware of the application goes around', async () => {
    const seen: string[] = [];
    class Taker {
      @source.on({ batch }) take(): void {
        seen.push('method');
      }
    }
    const around = fromMiddy({ before: () => void seen.push('before'), after: () => void seen.push('after') });
    await createApp({ providers: [Taker] }, { ...quiet, interceptors: [around] }).handler(
      source.event(1),
      fakeContext(),
    );
    expect(seen).toEqual(['before', 'method', 'after']);
  });
});

const late = async () => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  throw new Error('no stock');
};

// Of direct invocations and their like somebody has the answer.
describe.each(RECORDS.filter(([, { type }]) => isRecordType(type)))(
  'an interceptor around %s',
  (_name, source, batch) => {
    const run = (decorate: MethodDecorator, work: () => unknown) => outcomeOf(source, batch, decorate, work);

    it.each<[string, (next: CallHandler) => unknown]>([
      ['does not wait for the method', (next) => void next.handle()],
      ['returns something else meanwhile', (next) => [next.handle()].length],
      ['returns next.handle without the call', (next) => next.handle],
      ['returns next', (next) => next],
    ])('makes no success of a failure where it %s', async (_what, intercept) => {
      const careless = UseInterceptors({ intercept: (_context: unknown, next: CallHandler) => intercept(next) });
      expect(failed(await run(careless, late))).toBe(true);
    });

    it('makes one where it handles the error, or answers without the method', async () => {
      const handling = { intercept: (_context: unknown, next: CallHandler) => next.handle().catch(() => undefined) };
      expect(failed(await run(UseInterceptors(handling), () => Promise.reject(new Error('no stock'))))).toBe(false);
      expect(
        failed(await run(UseInterceptors({ intercept: () => undefined }), () => Promise.reject(new Error('no stock')))),
      ).toBe(false);
    });
  },
);

const answer = (name: string, decorate: MethodDecorator) =>
  outcomeOf(EVENT_SOURCES[name]!, false, decorate, () => true);

describe('where somebody waits, a no is the answer', () => {
  const policy = { policyDocument: { Statement: [{ Effect: 'Deny' }] } };

  it.each([
    ['apiGatewayV2', { statusCode: 403 }],
    ['alb', { statusCode: 403 }],
    ['webSocket', { statusCode: 403 }],
    ['webSocket ($connect)', { statusCode: 403 }],
    ['authorizer (token)', policy],
    ['authorizer (request)', policy],
    ['authorizer (HTTP API)', { isAuthorized: false }],
    ['authorizer (AppSync)', { isAuthorized: false }],
    ['direct', { name: 'ForbiddenException', statusCode: 403 }],
    ['cognito', { name: 'ForbiddenException', statusCode: 403 }],
  ])('of a guard: %s', async (name, expected) => {
    expect(await answer(name, no)).toMatchObject(expected);
  });

  it('an error of a guard is that error', async () => {
    const full = UseGuards({ canActivate: () => Promise.reject(new ConflictException('Full')) });
    expect(await answer('webSocket', full)).toMatchObject({ statusCode: 409 });
    expect(await answer('direct', full)).toMatchObject({ name: 'ConflictException' });
    expect(await answer('authorizer (HTTP API)', full)).toMatchObject({ name: 'ConflictException' });
  });

  it('a filter of what is no request answers nobody', async () => {
    class Taker {
      @(EVENT_SOURCES['webSocket']!.on()) take(): void {
        throw new ConflictException('Full');
      }
      @(EVENT_SOURCES['direct']!.on()) run(): void {
        throw new ConflictException('Full');
      }
      @(EVENT_SOURCES['authorizer (HTTP API)']!.on()) decide(): void {
        throw new ConflictException('Full');
      }
    }
    const app = createApp({ providers: [Taker] }, { ...quiet, filters: [{ catch: () => true }] });
    const run = (name: string) =>
      app.handler(EVENT_SOURCES[name]!.event(1), fakeContext()).catch((error: unknown) => error);
    expect(await run('webSocket')).toMatchObject({ statusCode: 409 });
    expect(await run('direct')).toBeInstanceOf(ConflictException);
    expect(await run('authorizer (HTTP API)')).toBeInstanceOf(ConflictException);
  });
});

import type { LambdaApplication } from '../../src/application/lambda-application.js';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { Body, Record as RawRecord } from '../../src/decorators/parameters.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { createApp } from '../application/create-app.js';
import { captureStdout, type CapturedStdout } from '../logging/captured-stdout.js';

type Handle = (body: unknown, record: unknown) => unknown;

/** An application whose one consumer does what it is told. */
export function consumerApp(
  decorate: MethodDecorator,
  handle: Handle,
  options: ApplicationOptions = {},
): LambdaApplication {
  class Consumer {
    @decorate
    take(@Body() body: unknown, @RawRecord() record: unknown) {
      return handle(body, record);
    }
  }
  return createApp({ controllers: [Consumer] }, options);
}

/** The event travels as JSON, as it does to Lambda. */
export function invoke(app: LambdaApplication, event: unknown, remainingTime?: number): Promise<unknown> {
  return app.handler(JSON.parse(JSON.stringify(event)), fakeContext({ remainingTime }));
}

/** A source that delivers one thing at a time, and takes a rejected invocation for a failure. */
export interface InvocationSourceSubject {
  name: string;
  source: string;
  decorator: MethodDecorator;
  /** For something that the events here don't match. */
  elsewhere: MethodDecorator;
  event: () => unknown;
  /** What `@Body()` holds of the event. */
  body: unknown;
  /** What `@Record()` holds of it; the event unless given. */
  record?: (event: unknown) => unknown;
  /** What a method that returns nothing comes to. */
  nothing: unknown;
  /** Whether an HttpException is an answer rather than a failure. */
  answersExceptions?: boolean;
}

const never = () => new Promise<never>(() => undefined);

/** What every such source must do; called once a source. */
export function describeInvocationSource(subject: InvocationSourceSubject): void {
  const { decorator, event } = subject;

  describe(`events of ${subject.name}`, () => {
    let stdout: CapturedStdout;

    beforeEach(() => void (stdout = captureStdout()));
    afterEach(() => jest.restoreAllMocks());

    const recordLines = () => stdout.lines().filter(({ type }) => type === 'record');

    it('reach the consumer, with what they carry and as they are', async () => {
      const handle = jest.fn((_body: unknown, _record: unknown) => true);
      const sent = JSON.parse(JSON.stringify(event())) as unknown;
      await invoke(consumerApp(decorator, handle), sent);
      const { record = (whole: unknown) => whole } = subject;
      expect(handle.mock.calls).toEqual([[subject.body, record(sent)]]);
    });

    it('have a line in the log', async () => {
      await invoke(
        consumerApp(decorator, () => true),
        event(),
      );
      expect(recordLines()).toMatchObject([
        { source: subject.source, status: 'ok', consumer: 'Consumer.take', level: 'info' },
      ]);
    });

    if (subject.nothing !== undefined) {
      it('come to an answer when the method returns nothing', async () => {
        await expect(
          invoke(
            consumerApp(decorator, () => undefined),
            event(),
          ),
        ).resolves.toEqual(subject.nothing);
      });
    }

    it('fail the invocation with the very error that was thrown', async () => {
      const error = new Error('no stock');
      const app = consumerApp(decorator, () => {
        throw error;
      });
      await expect(invoke(app, event())).rejects.toBe(error);
      expect(recordLines()).toMatchObject([
        { status: 'failed', level: 'error', error_detail: expect.stringContaining('no stock') as string },
      ]);
    });

    it.each([['text'], [0]])('fail the invocation when %p is thrown', async (thrown) => {
      await expect(
        invoke(
          consumerApp(decorator, () => Promise.reject(thrown)),
          event(),
        ),
      ).rejects.toBe(thrown);
    });

    it.each([[undefined], [null]])(
      'fail the invocation with an error that can be told when %p is thrown',
      async (thrown) => {
        await expect(
          invoke(
            consumerApp(decorator, () => Promise.reject(thrown)),
            event(),
          ),
        ).rejects.toThrow(`${thrown} was thrown`);
      },
    );

    it('end before Lambda ends the process', async () => {
      // The bootstrap has its own time.
      const app = await consumerApp(decorator, never, { timeoutMargin: 20 }).ready();
      const outcome = invoke(app, event(), 100);
      if (subject.answersExceptions) await expect(outcome).resolves.toMatchObject({ statusCode: 504 });
      else await expect(outcome).rejects.toMatchObject({ statusCode: 504 });
      expect(recordLines()).toMatchObject([
        { status: 'failed', error_detail: expect.stringContaining('Timed out after') as string },
      ]);
    });

    it('fail without a consumer, naming the source', async () => {
      const app = consumerApp(subject.elsewhere, () => true);
      await expect(invoke(app, event())).rejects.toThrow(`No consumer takes this ${subject.source} record`);
    });

    it('fail or are handled, but never crash, with any one member null', async () => {
      const app = consumerApp(decorator, () => true);
      const whole = JSON.parse(JSON.stringify(event())) as object;
      for (const path of pathsOf(whole)) {
        const outcome = await invoke(app, withNull(whole, path)).catch((error: unknown) => error);
        if (outcome instanceof TypeError)
          throw new Error(`${path.join('.')}: null is not expected`, { cause: outcome });
      }
    });
  });
}

function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

function withNull(event: object, path: readonly string[]): unknown {
  const copy = structuredClone(event) as Record<string, unknown>;
  let parent = copy;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
  parent[path.at(-1)!] = null;
  return copy;
}

import type { Context as LambdaContext } from 'aws-lambda';
import { APP_INTERCEPTOR } from '../../src/contracts/app-tokens.js';
import type { EventObserver, EventOutcome, ObservedContext } from '../../src/contracts/event-observer.js';
import { OnSns, OnSqs } from '../../src/decorators/consumers.js';
import { UseGuards } from '../../src/decorators/enhancers.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { Timeout } from '../../src/decorators/timeout.js';
import { ConflictException } from '../../src/errors/exceptions.js';
import { currentEventFields } from '../../src/logging/logger/event-fields.js';
import { fromMiddy } from '../../src/pipeline/from-middy.js';
import { brand } from '../../src/shared/brand.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { inject } from '../../src/testing/inject.js';
import { gate } from '../gate.js';
import { type CapturedStdout, captureStdout } from '../logging/captured-stdout.js';
import { createApp, SOURCES } from './create-app.js';

let stdout: CapturedStdout;
beforeEach(() => void (stdout = captureStdout()));
afterEach(() => jest.restoreAllMocks());

interface Seen {
  readonly type: string;
  readonly target: string | undefined;
  readonly outcome: EventOutcome;
}

/** Keeps what it is told. */
class Witness implements EventObserver {
  readonly intercepts = false;
  begun = 0;
  readonly seen: Seen[] = [];
  readonly flushed: string[] = [];
  readonly guards: string[] = [];
  /** What is running in an observed event, and whether it is. */
  running = 0;
  flushing: Promise<void> | undefined;

  begin(context: ObservedContext) {
    this.begun++;
    expect(currentEventFields()).toBeDefined();
    return {
      run: <T>(work: () => T): T => {
        this.running++;
        try {
          return work();
        } finally {
          this.running--;
        }
      },
      ended: (outcome: EventOutcome) => {
        this.seen.push({ type: context.getType(), target: context.target?.name, outcome });
      },
    };
  }

  flush(context: LambdaContext): Promise<void> | undefined {
    this.flushed.push(context.awsRequestId);
    return this.flushing;
  }

  guard(guard: { canActivate(context: never): unknown }) {
    this.guards.push(guard.constructor.name);
    return guard as never;
  }

  intercept(): never {
    throw new Error('An observer that does not intercept is no interceptor');
  }
}
brand(Witness, 'EventObserver');

class Closed {
  canActivate(): boolean {
    return false;
  }
}

let witness: Witness;
let running: number[];
beforeEach(() => {
  witness = new Witness();
  running = [];
});

@Controller()
class Things {
  @Get('things/:id') find() {
    running.push(witness.running);
    return {};
  }
  @Get('conflict') conflict() {
    throw new ConflictException();
  }
  @Get('broken') broken() {
    throw new Error('broken');
  }
  @Get('hangs') @Timeout(0.05) hangs() {
    return new Promise(() => undefined);
  }
  @Get('closed') @UseGuards(Closed) closed() {}
  @Get('cyclic') cyclic() {
    const cycle: Record<string, unknown> = {};
    return (cycle['itself'] = cycle);
  }
  @OnSqs('things') async take() {
    running.push(witness.running);
    await Promise.resolve();
  }
  @OnSqs('failing') fail() {
    throw new Error('lost');
  }
  @OnSqs('batches', { batch: true }) @UseGuards(Closed) pack() {}
  @OnSns('things') hear() {}
}

function observed(...interceptors: unknown[]) {
  const providers = [witness, ...interceptors].map((useValue) => ({
    provide: APP_INTERCEPTOR,
    useValue: useValue as never,
  }));
  return createApp({ controllers: [Things], providers });
}

const outcome = (expected: Partial<EventOutcome>) => ({
  statusCode: undefined,
  error: undefined,
  outcomes: undefined,
  ...expected,
});
const error = (message: string) => expect.objectContaining({ message });

describe('an observer', () => {
  it.each(SOURCES)('sees a request of %s, with its route and its status', async (source) => {
    await inject(observed(), { source, url: '/things/1' });
    expect(witness.seen).toEqual([{ type: 'http', target: 'Things.find', outcome: outcome({ statusCode: 200 }) }]);
    expect(running).toEqual([1]);
    expect(witness.flushed).toHaveLength(1);
  });

  it.each([
    ['an exception', '/conflict', 'GET', 409, 'Things.conflict'],
    ['a guard that refuses', '/closed', 'GET', 403, 'Things.closed'],
    ['a timeout', '/hangs', 'GET', 504, 'Things.hangs'],
    ['an unknown path', '/nowhere', 'GET', 404, undefined],
    ['another method', '/things/1', 'DELETE', 405, undefined],
    ['OPTIONS', '/things/1', 'OPTIONS', 204, undefined],
    ['HEAD', '/things/1', 'HEAD', 200, 'Things.find'],
  ])('sees %s', async (_, url, method, status, target) => {
    const response = await inject(observed(), { method, url });
    expect(response.statusCode).toBe(status);
    expect(witness.seen).toMatchObject([{ target, outcome: { statusCode: status } }]);
    expect(witness.begun).toBe(1);
    expect(witness.flushed).toHaveLength(1);
  });

  it.each([
    ['/broken', 'broken', 'Things.broken'],
    ['/cyclic', 'circular', 'Things.cyclic'],
  ])('sees the error that fails the invocation, of %s', async (url, message, target) => {
    await expect(inject(observed(), { url })).rejects.toThrow();
    expect(witness.seen).toEqual([
      { type: 'http', target, outcome: outcome({ error: error(expect.stringMatching(message) as never) }) },
    ]);
    expect(witness.flushed).toHaveLength(1);
  });

  it('sees every record of a batch, and flushes once', async () => {
    const app = observed();
    await app.handler(events.sqs('things', ['a', 'b', 'c']), fakeContext());
    expect(witness.seen).toEqual(
      Array.from({ length: 3 }, () => ({
        type: 'sqs',
        target: 'Things.take',
        outcome: outcome({ outcomes: [{ failed: false, value: undefined }] }),
      })),
    );
    expect(running).toEqual([1, 1, 1]);
    expect(witness.flushed).toHaveLength(1);
  });

  it('sees one call of a batch consumer, with the outcome of each record', async () => {
    const app = observed();
    const context = fakeContext();
    await app.handler(events.sqs('batches', ['a', 'b']), context).catch(() => undefined);
    expect(witness.seen).toMatchObject([{ outcome: { outcomes: [{ failed: true }, { failed: true }] } }]);
    expect(witness.flushed).toEqual([context.awsRequestId]);
  });

  it.each([
    ['fails', events.sqs('failing', ['a']), 'lost', 'Things.fail'],
    ['no consumer takes', events.sqs('others', ['a']), 'No consumer takes this sqs record', undefined],
  ])('sees a record that %s', async (_, event, message, target) => {
    await observed().handler(event, fakeContext());
    expect(witness.seen).toMatchObject([
      { target, outcome: { error: error(expect.stringContaining(message) as never) } },
    ]);
  });

  it('flushes when middleware around the application has responded in its place, too', async () => {
    const app = observed(fromMiddy({ before: () => ({ statusCode: 418 }) }));
    expect(await inject(app, { url: '/things/1' })).toMatchObject({ statusCode: 418 });
    expect(witness.begun).toBe(0);
    expect(witness.flushed).toHaveLength(1);
  });

  it('holds the result back until it has flushed', async () => {
    const { passed, open } = gate();
    witness.flushing = passed;
    let response: unknown;
    const done = inject(observed(), { url: '/things/1' }).then((value) => (response = value));
    while (witness.flushed.length === 0) await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(response).toBeUndefined();
    open();
    expect(await done).toMatchObject({ statusCode: 200 });
  });

  it('may wrap guards, once for each use', async () => {
    await observed().ready();
    expect(witness.guards).toEqual(['Closed', 'Closed']);
  });

  it.each(['begin', 'flush'] as const)('that throws in %s changes no response, and is logged', async (method) => {
    witness[method] = () => {
      throw new Error('observing is broken');
    };
    const { statusCode } = await inject(observed(), { url: '/things/1' });
    expect(statusCode).toBe(200);
    expect(stdout.lines()).toContainEqual(expect.objectContaining({ level: 'error', message: expect.any(String) }));
  });

  it('that throws when the event has ended changes no response, and is logged', async () => {
    const begin = witness.begin.bind(witness);
    witness.begin = (context) => ({
      ...begin(context),
      ended: () => {
        throw new Error('observing is broken');
      },
    });
    const { statusCode } = await inject(observed(), { url: '/things/1' });
    expect(statusCode).toBe(200);
    expect(stdout.lines()).toContainEqual(expect.objectContaining({ message: 'Observing an event failed' }));
  });
});

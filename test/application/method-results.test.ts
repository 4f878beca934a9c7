import fc from 'fast-check';
import { OnEvent, OnEventBridge, OnS3, OnSchedule } from '../../src/decorators/consumers.js';
import { JsonResponse } from '../../src/http/response/json-response.js';
import type { Constructor } from '../../src/shared/types.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { createApp } from './create-app.js';
import { identifiersOf, namedIn, RECORD_SOURCES, type RecordSource } from './record-sources.js';

const quiet = { accessLog: false, logger: { silent: true } } as const;

const settled = [
  { status: 'fulfilled', value: 1 },
  { status: 'rejected', reason: new Error('Out of stock') },
];

/** What says nothing that is understood of a whole batch. */
const STRANGE: Readonly<Record<string, unknown>> = {
  true: true,
  false: false,
  zero: 0,
  text: 'done',
  'no text': '',
  'an object without a member': {},
  'an object of its own': { shipped: 2 },
  'an answer over HTTP': { statusCode: 500 },
  'an answer of success': { statusCode: 200, body: 'ok' },
  'a Response': new JsonResponse({}, { statusCode: 503 }),
  'an error': new Error('Out of stock'),
  'a list without an item': [],
  'a list of results': [undefined, { id: 1 }],
  'what was settled': settled,
  'what was settled well': settled.slice(0, 1),
  'failures that are no list': { batchItemFailures: {} },
  'failures that are nothing': { batchItemFailures: null },
  'failures that are not there': { batchItemFailures: undefined },
  'failures that are text': { batchItemFailures: 'm1' },
  'failures by another name': { failures: [] },
  'failures without a name': { batchItemFailures: [{}] },
  'failures that are names': { batchItemFailures: ['m1'] },
  'a failure that is nothing': { batchItemFailures: [null] },
  'a failure with a strange name': { batchItemFailures: [{ itemIdentifier: 'nobody' }] },
  'a failure with an empty name': { batchItemFailures: [{ itemIdentifier: '' }] },
  'the state of no window': { state: {} },
  'a map': new Map(),
  'a function': () => undefined,
  'a generator': (function* () {})(),
};

/** What says that a single record has failed, whatever else is allowed. */
const FAILURES: Readonly<Record<string, unknown>> = {
  'an answer of 500': { statusCode: 500 },
  'an answer of 400': { statusCode: 400, body: '{}' },
  'a Response': new JsonResponse({}, { statusCode: 503 }),
  'an error': new Error('Out of stock'),
  'what was settled': settled,
  'failures that are no list': { batchItemFailures: {} },
  'a failure with a strange name': { batchItemFailures: [{ itemIdentifier: 'nobody' }] },
  'work that nobody awaits': [Promise.resolve()],
  'work that never ends': { sent: new Promise(() => undefined) },
  'a function that nobody calls': () => undefined,
  'what can not be read': Object.defineProperty({}, 'statusCode', { get: () => JSON.parse('{') }),
  'a generator': (function* () {})(),
  'an asynchronous generator': (async function* () {})(),
};

const DONE: Readonly<Record<string, unknown>> = {
  nothing: undefined,
  null: null,
  text: 'done',
  false: false,
  data: { id: 1 },
  'a list': [1, 2],
  'an answer of success': { statusCode: 204 },
  'what was settled well': settled.slice(0, 1),
  'no failures': { batchItemFailures: [] },
};

/** A consumer of everything, or of one record at a time, that returns this. */
function returning(decorate: MethodDecorator, value: unknown): Constructor {
  class Consumer {
    @decorate
    handle(): unknown {
      return value;
    }
  }
  return Consumer;
}

async function failedOf(
  source: RecordSource,
  Consumer: Constructor,
  event: object,
): Promise<readonly unknown[] | 'rejected'> {
  const [outcome] = await Promise.allSettled([
    createApp({ providers: [Consumer] }, quiet).handler(event, fakeContext()),
  ]);
  if (outcome.status === 'rejected') return 'rejected';
  return source.failures === 'reject' ? [] : namedIn(outcome.value);
}

/** How a source is told that all of its records have failed, or have each failed. */
function allFailed(source: RecordSource, event: object): unknown {
  if (source.failures === 'reject') return 'rejected';
  return source.failures === 'each' ? identifiersOf(event) : identifiersOf(event).slice(0, 1);
}

describe.each(Object.entries(RECORD_SOURCES))('a batch consumer of %s', (_, source) => {
  it.each(Object.entries(STRANGE))('that returns %s has failed', async (_name, value) => {
    const event = source.event([{ n: 1 }, { n: 2 }]);
    expect(await failedOf(source, returning(source.On({ batch: true }), value), event)).toEqual(
      allFailed(source, event),
    );
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['no failures', { batchItemFailures: [] }],
  ])('that returns %s is done', async (_name, value) => {
    expect(
      await failedOf(source, returning(source.On({ batch: true }), value), source.event([{ n: 1 }, { n: 2 }])),
    ).toEqual([]);
  });

  it('is done with nothing else, whatever it returns', async () => {
    const event = source.event([{ n: 1 }, { n: 2 }]);
    await fc.assert(
      fc.asyncProperty(
        fc.anything({ withMap: true, withSet: true, withDate: true, withBigInt: true }),
        async (value) => {
          fc.pre(value !== undefined && value !== null);
          expect(await failedOf(source, returning(source.On({ batch: true }), value), event)).toEqual(
            allFailed(source, event),
          );
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe.each(Object.entries(RECORD_SOURCES))('a consumer of each record of %s', (_, source) => {
  it.each(Object.entries(FAILURES))('that returns %s has failed', async (_name, value) => {
    const event = source.event([{ n: 1 }]);
    expect(await failedOf(source, returning(source.On(), value), event)).toEqual(allFailed(source, event));
  });

  it.each(Object.entries(DONE))('that returns %s is done', async (_name, value) => {
    expect(await failedOf(source, returning(source.On(), value), source.event([{ n: 1 }, { n: 2 }]))).toEqual([]);
  });
});

describe.each(Object.entries(RECORD_SOURCES))('an event of %s that @OnEvent takes as a whole', (_, source) => {
  const event = source.event([{ n: 1 }, { n: 2 }]);
  const whole = OnEvent(() => true);

  it.each(Object.entries(source.type === 'sns' ? FAILURES : STRANGE))(
    'fails the invocation where %s is returned',
    async (_name, value) => {
      expect(await failedOf(source, returning(whole, value), event)).toBe('rejected');
    },
  );

  it('is done where nothing is returned', async () => {
    expect(await failedOf(source, returning(whole, undefined), event)).toEqual([]);
  });

  it('fails by the names that are returned', async () => {
    const [, itemIdentifier] = identifiersOf(event);
    const failed = await failedOf(source, returning(whole, { batchItemFailures: [{ itemIdentifier }] }), event);
    expect(failed).toEqual(source.failures === 'reject' ? 'rejected' : [itemIdentifier]);
  });

  it('fails the invocation by what is thrown', async () => {
    class Consumer {
      @OnEvent(() => true)
      handle(): void {
        throw new Error('Poison');
      }
    }
    expect(await failedOf(source, Consumer, event)).toBe('rejected');
  });
});

it('a batch whose source can not be told of single failures is rejected where @OnEvent takes it, too', async () => {
  const event = RECORD_SOURCES['kafka']!.event([{ n: 1 }, { n: 2 }]);
  const [itemIdentifier] = identifiersOf(event);
  const app = createApp(
    {
      providers: [
        returning(
          OnEvent(() => true),
          { batchItemFailures: [{ itemIdentifier }] },
        ),
      ],
    },
    { ...quiet, batch: { rejectWhole: ['kafka'] } },
  );
  await expect(app.handler(event, fakeContext())).rejects.toThrow('The consumer named this record as failed');
});

describe.each<[string, MethodDecorator, object]>([
  ['EventBridge', OnEventBridge(), events.eventBridge({ source: 'shop', detailType: 'Order Placed', detail: {} })],
  ['a schedule', OnSchedule(), events.schedule({ rule: 'nightly' })],
  ['S3', OnS3(), events.s3({ bucket: 'uploads', key: 'a' })],
])('a consumer of %s', (_, decorate, event) => {
  it.each(Object.entries(FAILURES))('that returns %s has failed', async (_name, value) => {
    await expect(
      createApp({ providers: [returning(decorate, value)] }, quiet).handler(event, fakeContext()),
    ).rejects.toThrow();
  });

  it.each(Object.entries(DONE))('that returns %s is done', async (_name, value) => {
    await expect(
      createApp({ providers: [returning(decorate, value)] }, quiet).handler(event, fakeContext()),
    ).resolves.toBeUndefined();
  });
});

describe('the log', () => {
  it.each([
    [settled, 'Consumer.handle returned results of which 1 of 2 are rejected'],
    [
      { shipped: 1 },
      'Consumer.handle returned an object with shipped (a number), which does not say whether its records succeeded. A method with { batch: true } returns nothing, or',
    ],
    [
      { batchItemFailures: {} },
      'Consumer.handle returned an object with no members as batchItemFailures, which must be a list.',
    ],
    [
      { batchItemFailures: [{ itemIdentifier: 'x' }] },
      'Consumer.handle named a failed record that is not in the batch',
    ],
  ])('says of %j what is wrong with it', async (value, message) => {
    const stdout = captureStdout();
    const { sqs } = RECORD_SOURCES;
    await createApp({ providers: [returning(sqs!.On({ batch: true }), value)] }).handler(
      sqs!.event([{ n: 1 }]),
      fakeContext(),
    );
    const [line] = stdout.lines().filter(({ type }) => type === 'record');
    expect(line).toMatchObject({ status: 'failed', error_detail: expect.stringContaining(message) as string });
    jest.restoreAllMocks();
  });
});

import { gzipSync } from 'node:zlib';
import type { SourceRecord } from '../../src/contracts/event-adapter.js';
import { OnEventBridge, OnMq, OnS3, OnSchedule, OnSns, OnSqs } from '../../src/decorators/consumers.js';
import { Body, createParamDecorator, Event, Record as RawRecord } from '../../src/decorators/parameters.js';
import { recordAdapters } from '../../src/events/detection/record-adapters.js';
import type { Via } from '../../src/shared/event-types.js';
import type { Constructor } from '../../src/shared/types.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { createApp } from './create-app.js';
import { identifiersOf, namedIn } from './record-sources.js';

const quiet = { accessLog: false, logger: { silent: true } } as const;

const seen: unknown[] = [];
beforeEach(() => void (seen.length = 0));
afterEach(() => jest.restoreAllMocks());

/** A provider that notes what it is given, or fails. */
function consumer(decorators: readonly MethodDecorator[], fails = false): Constructor {
  class Consumer {
    take(@Body() body: unknown): void {
      if (fails) throw new Error('Out of stock');
      seen.push(body);
    }
  }
  const descriptor = Object.getOwnPropertyDescriptor(Consumer.prototype, 'take')!;
  for (const decorate of decorators) decorate(Consumer.prototype, 'take', descriptor);
  return Consumer;
}

async function deliver(event: object, ...providers: Constructor[]): Promise<unknown> {
  return createApp({ providers }, quiet).handler(JSON.parse(JSON.stringify(event)), fakeContext());
}

/** The failure of an event with one record, however its source is told of it. */
async function failureOf(event: object, ...providers: Constructor[]): Promise<string> {
  const stdout = captureStdout();
  const app = createApp({ providers }, { accessLog: false });
  const [settled] = await Promise.allSettled([app.handler(JSON.parse(JSON.stringify(event)), fakeContext())]);
  const [line] = stdout.lines().filter(({ type }) => type === 'record');
  expect(settled.status === 'rejected' || namedIn(settled.value).length === 1).toBe(true);
  return String(line?.['error_detail']);
}

/** What an event can come in, of the same name everywhere. */
const WAYS: Readonly<Record<string, { via: Via; carry: (content: unknown) => object }>> = {
  'a queue of SQS': { via: { sqs: 'q' }, carry: (content) => events.sqs('q', [content]) },
  'a topic': { via: { sns: 'q' }, carry: (content) => events.sns('q', [content]) },
  'a queue of ActiveMQ': { via: { mq: 'q' }, carry: (content) => events.activeMq('q', [content]) },
  'a queue of RabbitMQ': { via: { mq: 'q' }, carry: (content) => events.rabbitMq('q', [content]) },
  'a queue of ActiveMQ, gzipped,': {
    via: { mq: 'q' },
    carry: (content) => events.activeMq('q', [gzipSync(JSON.stringify(content))]),
  },
  'a topic in a queue of SQS': {
    via: { sns: 'q', sqs: 'q' },
    carry: (content) => events.sqs('q', [events.snsEnvelope('q', content)]),
  },
  'a topic in a queue of ActiveMQ': {
    via: { sns: 'q', mq: 'q' },
    carry: (content) => events.activeMq('q', [events.snsEnvelope('q', content)]),
  },
};

interface Kind {
  source: string;
  decorate: (via?: Via) => MethodDecorator;
  event: () => object;
  body: unknown;
}

/** What can come in messages. */
const KINDS: Readonly<Record<string, Kind>> = {
  'a notification of S3': {
    source: 's3',
    decorate: (via) => OnS3({ bucket: 'uploads', via }),
    event: () => events.s3({ key: 'a b' }),
    body: { key: 'a b' },
  },
  'a notification of S3 on a bus': {
    source: 's3',
    decorate: (via) => OnS3({ bucket: 'uploads', via }),
    event: () => events.s3EventBridge({ key: 'a' }),
    body: { key: 'a' },
  },
  'an event of a bus': {
    source: 'eventbridge',
    decorate: (via) => OnEventBridge({ source: 'shop', detailType: 'Paid', via }),
    event: () => events.eventBridge({ source: 'shop', detailType: 'Paid', detail: { id: 1 } }),
    body: { id: 1 },
  },
  'a schedule': {
    source: 'schedule',
    decorate: (via) => OnSchedule('nightly', { via }),
    event: () => events.schedule({ rule: 'nightly' }),
    body: {},
  },
};

const matrix = Object.entries(WAYS).flatMap(([way, { via, carry }]) =>
  Object.entries(KINDS).map(([kind, made]) => ({ way, kind, via, carry, ...made })),
);

describe.each(matrix)('$kind in messages of $way', ({ source, via, carry, decorate, event, body }) => {
  it('comes to the consumer that is declared for it there', async () => {
    await deliver(carry(event()), consumer([decorate(via)]));
    expect(seen).toMatchObject([body]);
  });

  it('comes to it though its message has the same attributes', async () => {
    // Adapters share attributes among records, as that of SQS does for the messages of a queue. Here all do.
    const attributes: Record<string, string> = {};
    for (const adapter of recordAdapters) {
      const decode = adapter.decode.bind(adapter);
      jest
        .spyOn(adapter, 'decode')
        .mockImplementation((given) =>
          decode(given).map((record) => ({ ...record, attributes: Object.assign(attributes, record.attributes) })),
        );
    }
    await deliver(carry(event()), consumer([decorate(via)]));
    expect(seen).toMatchObject([body]);
  });

  it('comes to none that is declared for what Lambda delivers, nor to one of another way', async () => {
    const ways = Object.values(WAYS).map((way) => JSON.stringify(way.via));
    const others = [...new Set(ways)]
      .filter((way) => way !== JSON.stringify(via))
      .map((way) => decorate(JSON.parse(way) as Via));
    expect(await failureOf(carry(event()), consumer([decorate(), ...others]))).toMatch(
      /No consumer takes this (sqs|sns|mq) record|carries none of the events/,
    );
    expect(seen).toEqual([]);
  });

  it('is what Lambda delivers no more, unless another decorator says so', async () => {
    await expect(deliver(event(), consumer([decorate(via)]))).rejects.toThrow(
      /^No consumer takes this .* There is Consumer\.take \(.*, via /,
    );
    await deliver(event(), consumer([decorate(via), decorate()]));
    expect(seen).toMatchObject([body]);
  });

  it('is a failure of its message when the consumer fails', async () => {
    expect(await failureOf(carry(event()), consumer([decorate(via)], true))).toContain('Error: Out of stock');
  });

  it('is a failure where a filter of the consumer does not fit, which says what there is', async () => {
    const other = {
      s3: OnS3({ bucket: 'other', via }),
      eventbridge: OnEventBridge({ source: 'other', via }),
      schedule: OnSchedule('other', { via }),
    }[source];
    expect(await failureOf(carry(event()), consumer([other!]))).toMatch(
      new RegExp(
        `No consumer takes this ${source} record of .* that came via .*There is Consumer\\.take \\(${source}, .* "other", via `,
      ),
    );
  });

  it.each(Object.entries(KINDS).filter(([, kind]) => kind.source !== source))(
    'is told from %s, which nobody has declared',
    async (_, other) => {
      expect(await failureOf(carry(other.event()), consumer([decorate(via)]))).toMatch(
        /This message of .* "q" carries none of the events that "via" declares: it is an object with .* There is Consumer\.take|No consumer takes this/,
      );
      expect(seen).toEqual([]);
    },
  );
});

describe('a notification of SNS in a queue', () => {
  const OnPlaced = OnSns('placed', { via: { sqs: 'fan-out' } });

  it('comes to the consumer of its topic', async () => {
    await deliver(events.sqs('fan-out', [events.snsEnvelope('placed', { id: 1 })]), consumer([OnPlaced]));
    await deliver(
      events.activeMq('fan-out', [events.snsEnvelope('placed', { id: 2 })]),
      consumer([OnSns('placed', { via: { mq: 'fan-out' } })]),
    );
    expect(seen).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('comes there as the event of SNS, too, which a dead-letter queue of a function holds', async () => {
    await deliver(events.sqs('fan-out', [events.sns('placed', [{ id: 1 }])]), consumer([OnPlaced]));
    expect(seen).toEqual([{ id: 1 }]);
  });

  it('comes to the consumer of the queue as it is, where the queue is declared for that', async () => {
    await deliver(events.sqs('fan-out', [events.snsEnvelope('placed', { id: 1 })]), consumer([OnSqs('fan-out')]));
    expect(seen).toMatchObject([{ Type: 'Notification' }]);
  });

  it('fails its own message alone', async () => {
    const event = events.sqs('fan-out', [
      events.snsEnvelope('placed', { id: 1 }),
      events.snsEnvelope('other', { id: 2 }),
      events.snsEnvelope('placed', { id: 3 }),
    ]);
    expect(namedIn(await deliver(event, consumer([OnPlaced])))).toEqual([identifiersOf(event)[1]]);
    expect(seen).toEqual([{ id: 1 }, { id: 3 }]);
  });

  it('says what is missing where only the queue is named', async () => {
    const failure = await failureOf(
      events.sqs('fan-out', [events.snsEnvelope('uploads', events.s3())]),
      consumer([OnS3({ via: { sqs: 'fan-out' } })]),
    );
    expect(failure).toContain(
      'It is a notification of the topic "uploads": add that to "via" beside the queue, as in { sns: "uploads", … }, or enable raw message delivery for the subscription.',
    );
  });

  it('is not looked into, unless a topic is declared to carry something', async () => {
    await deliver(events.sqs('fan-out', [events.snsEnvelope('placed', events.s3())]), consumer([OnPlaced, OnS3()]));
    expect(seen).toMatchObject([{ Records: [{ eventSource: 'aws:s3' }] }]);
  });
});

describe('what a queue carries', () => {
  it('may be of several kinds, each to its consumer', async () => {
    const providers = [
      consumer([OnS3({ via: { sqs: 'q' } })]),
      consumer([OnEventBridge({ via: { sqs: 'q' } }), OnSns(undefined, { via: { sqs: 'q' } })]),
    ];
    await deliver(
      events.sqs('q', [
        events.s3({ key: 'a' }),
        events.eventBridge({ detail: 'b' }),
        events.snsEnvelope('t', 'c'),
        events.s3EventBridge({ key: 'd' }),
      ]),
      ...providers,
    );
    expect(seen).toMatchObject([{ key: 'a' }, 'b', 'c', { key: 'd' }]);
  });

  it('is declared by the names that most resemble its own', async () => {
    const providers = [
      consumer([OnSqs(), OnSqs('up*')]),
      consumer([OnS3({ via: { sqs: 'uploads-*' } })]),
      consumer([OnSqs('uploads-raw')]),
    ];
    const run = (queue: string) => deliver(events.sqs(queue, [events.s3({ key: queue })]), ...providers);
    for (const queue of ['uploads-eu', 'uploads-raw', 'upper', 'others']) await run(queue);
    expect(seen).toMatchObject([{ key: 'uploads-eu' }, { Records: [{}] }, { Records: [{}] }, { Records: [{}] }]);
  });

  it('comes to no consumer of all queues when it is not what the queue is declared for', async () => {
    const failure = await failureOf(events.sqs('q', ['an order']), consumer([OnSqs(), OnS3({ via: { sqs: 'q' } })]));
    expect(failure).toContain(
      'Error: This message of sqs "q" carries none of the events that "via" declares: it is text of 8 characters. There is Consumer.take (s3, via sqs "q").',
    );
    expect(seen).toEqual([]);
  });

  it('fails its message when one of several records fails, and goes on with the others', async () => {
    const OnUpload = OnS3({ bucket: 'uploads', via: { sqs: 'q' } });
    const event = events.sqs('q', [
      events.s3({ key: 'a' }, { bucket: 'other' }, { key: 'b' }),
      events.s3({ key: 'c' }),
    ]);
    expect(namedIn(await deliver(event, consumer([OnUpload])))).toEqual([identifiersOf(event)[0]]);
    expect(seen).toMatchObject([{ key: 'a' }, { key: 'b' }, { key: 'c' }]);
  });

  it('stands in the order of its group: what comes after a failure is not tried', async () => {
    const event = events.sqs('q.fifo', [
      events.s3({ key: 'a' }),
      events.s3({ bucket: 'other' }),
      events.s3({ key: 'c' }),
    ]);
    expect(namedIn(await deliver(event, consumer([OnS3({ bucket: 'uploads', via: { sqs: 'q.fifo' } })])))).toEqual(
      identifiersOf(event).slice(1),
    );
    expect(seen).toMatchObject([{ key: 'a' }]);
  });

  it('is handed over at once where the consumer takes whole batches, from all messages', async () => {
    class Uploads {
      @OnS3({ via: { sqs: 'q' } }, { batch: true })
      take(@Body() bodies: unknown[], @Event() event: unknown): void {
        seen.push(bodies, event);
      }
    }
    const event = events.sqs('q', [events.s3({ key: 'a' }, { key: 'b' }), 'poison', events.s3({ key: 'c' })]);
    expect(namedIn(await deliver(event, Uploads))).toEqual([identifiersOf(event)[1]]);
    expect(seen).toMatchObject([
      [{ key: 'a' }, { key: 'b' }, { key: 'c' }],
      { Records: [{ eventSource: 'aws:sqs' }, {}, {}] },
    ]);
  });

  it('knows the message that it came in', async () => {
    const Came = createParamDecorator((_: unknown, context) => context.record);
    class Uploads {
      @OnS3({ via: { sns: 'topic', sqs: 'q' } })
      take(@Came() record: SourceRecord, @Event() event: unknown, @RawRecord() raw: unknown): void {
        seen.push(record, event, raw);
      }
    }
    await deliver(
      events.sqs('q', [events.snsEnvelope('topic', events.s3({ key: 'a' }))], {
        messageId: 'm1',
        attributes: { ApproximateReceiveCount: '3' },
      }),
      Uploads,
    );
    const [record, event, raw] = seen as [SourceRecord, unknown, unknown];
    expect(record).toMatchObject({
      via: { sns: 'topic', sqs: 'q' },
      attempt: 3,
      message: { via: { sqs: 'q' }, message: { id: 'm1' } },
    });
    expect([event, raw]).toMatchObject([{ Records: [{ eventSource: 'aws:s3' }] }, { eventSource: 'aws:s3' }]);
  });

  it('has a line in the log that names its way', async () => {
    const stdout = captureStdout();
    const app = createApp({ providers: [consumer([OnS3({ via: { sqs: 'q' } })])] });
    await app.handler(
      events.sqs('q', [events.s3(), 'poison'], (index) => ({ messageId: `m${index}` })),
      fakeContext(),
    );
    expect(stdout.lines()).toMatchObject([
      { type: 'record', source: 's3', status: 'ok', via: { sqs: 'q' }, message_id: 'm0' },
      { type: 'record', source: 'sqs', id: 'm1', status: 'failed' },
      { type: 'batch', source: 'sqs', records: 2, failed: 1 },
    ]);
  });

  it('may be nothing: then its message is done', async () => {
    expect(
      namedIn(
        await deliver(
          events.sqs('q', [{ Event: 's3:TestEvent', Bucket: 'uploads' }]),
          consumer([OnS3({ via: { sqs: 'q' } })]),
        ),
      ),
    ).toEqual([]);
  });
});

const declared = (...decorators: MethodDecorator[]) => createApp({ providers: [consumer(decorators)] }, quiet).ready();

describe('two declarations for the same messages', () => {
  it.each([
    [
      'a consumer of the queue',
      [OnSqs('q'), OnS3({ via: { sqs: 'q' } })],
      'Consumer.take and Consumer.take (with via) both consume sqs records of queue "q". A message is handled itself, ',
    ],
    [
      'a consumer of queues that begin alike',
      [OnSqs('q*'), OnSchedule('s', { via: { sqs: 'q*' } })],
      'both consume sqs records of queue "q*"',
    ],
    [
      'a consumer of the topic',
      [OnSns('t'), OnEventBridge({ via: { sns: 't' } })],
      'both consume sns records of topic "t"',
    ],
    [
      "a consumer of the broker's queue",
      [OnMq('q'), OnSns('t', { via: { mq: 'q' } })],
      'both consume mq records of queue "q"',
    ],
    [
      'a consumer of the topic in the queue',
      [OnSns('t', { via: { sqs: 'q' } }), OnS3({ via: { sns: 't', sqs: 'q' } })],
      'both consume sns records of topic "t"',
    ],
    [
      'a second consumer of the same in it',
      [OnS3({ bucket: 'b', via: { sqs: 'q' } }), OnS3({ bucket: 'b', via: { sqs: 'q' } })],
      'both consume s3 records of bucket "b"',
    ],
  ])('are refused at bootstrap: %s', async (_, decorators, message) => {
    await expect(declared(...decorators)).rejects.toThrow(message);
    await expect(declared(...decorators.toReversed())).rejects.toThrow('both consume');
  });

  it.each([
    ['a consumer of all queues', [OnSqs(), OnS3({ via: { sqs: 'q' } })]],
    ['a consumer of queues that begin alike', [OnSqs('q*'), OnS3({ via: { sqs: 'q' } })]],
    [
      'the same of another queue',
      [OnS3({ bucket: 'b', via: { sqs: 'q' } }), OnS3({ bucket: 'b', via: { sqs: 'p' } }), OnS3({ bucket: 'b' })],
    ],
    [
      'the topic beside the topic in a queue',
      [OnSns('t'), OnSns('t', { via: { sqs: 't' } }), OnSns('t', { via: { mq: 't' } })],
    ],
    [
      'a notification beside what it carries in another queue',
      [OnSns('t', { via: { sqs: 'q' } }), OnS3({ via: { sns: 't', sqs: 'p' } })],
    ],
  ])('stand beside each other where one of them names more: %s', async (_, decorators) => {
    await expect(declared(...decorators)).resolves.toBeDefined();
  });
});

const withRequests = (requestsVia: object, ...decorators: MethodDecorator[]) =>
  createApp({ providers: [consumer(decorators)] }, { ...quiet, requestsVia: requestsVia as never }).ready();

describe('the option requestsVia', () => {
  it.each([
    [{ sqs: ['q'] }, [OnSqs('q')], 'Consumer.take and the option requestsVia both consume sqs records of queue "q"'],
    [
      { sqs: ['q'] },
      [OnS3({ via: { sqs: 'q' } })],
      'Consumer.take (with via) and the option requestsVia both consume sqs records of queue "q"',
    ],
    [{ sns: ['q'] }, [OnSns('q')], 'both consume sns records of topic "q"'],
    [{ mq: ['q'] }, [OnMq('q')], 'both consume mq records of queue "q"'],
    [{ sqs: ['q', 'q'] }, [], 'the option requestsVia and the option requestsVia both consume'],
  ])('%j is refused beside a consumer of the same messages', async (requestsVia, decorators, message) => {
    await expect(withRequests(requestsVia, ...decorators)).rejects.toThrow(message);
  });

  it('stands beside consumers of other queues, and of all others', async () => {
    await expect(withRequests({ sqs: ['q'] }, OnSqs(), OnSqs('p'), OnS3({ via: { sqs: 'r' } }))).resolves.toBeDefined();
  });

  it.each([
    [{ kafka: ['q'] }, 'Unknown in the option requestsVia: kafka. It takes sqs, mq, sns.'],
    [{ sqs: 'q' }, 'The option requestsVia: sqs is q; it takes a list of names'],
    [{ sqs: true }, 'The option requestsVia: sqs is true; it takes a list of names'],
    [{ sqs: { 0: 'q' } }, 'it takes a list of names'],
    [{ sqs: null }, 'it takes a list of names'],
    [{ sqs: [5] }, 'the option requestsVia: sqs is 5; it takes the name of a queue'],
    [{ sqs: [''] }, 'it takes the name of a queue'],
    [{ sns: ['*'] }, 'name one topic: carried events are declared for a single topic'],
    [{ sqs: ['arn:aws:sqs:us-east-1:1:q'] }, 'use the name of the queue, which is the last part of that'],
    [{ sqs: ['https://sqs.us-east-1.amazonaws.com/1/q'] }, 'use the name of the queue, which is the last part of that'],
    [['sqs'], 'The option requestsVia must be an object with sqs, mq, sns'],
    [true, 'The option requestsVia must be an object with sqs, mq, sns'],
    [null, 'The option requestsVia must be an object with sqs, mq, sns'],
  ])('%j is refused', (requestsVia, message) => {
    expect(() => withRequests(requestsVia as object)).toThrow(message);
  });

  it.each([[undefined], [{}], [{ sqs: [] }], [{ sqs: undefined, mq: ['q'] }]])('may be %j', async (requestsVia) => {
    await expect(withRequests(requestsVia as object)).resolves.toBeDefined();
  });
});

describe('the option via', () => {
  it.each<[unknown, string]>([
    [{}, 'the option via of @OnS3 names nothing'],
    [{ sqs: undefined }, 'the option via of @OnS3: sqs is undefined; it takes the name of a queue'],
    [{ sns: 't', sqs: undefined }, 'the option via of @OnS3: sqs is undefined; it takes the name of a queue'],
    ['uploads', 'the option via of @OnS3 is uploads: it takes { sqs: '],
    [null, 'the option via of @OnS3 is null'],
    [{ kinesis: 'q' }, 'Unknown in the option via of @OnS3: kinesis. It takes sqs, mq, sns.'],
    [{ sqs: 'q', mq: 'q' }, 'names a queue of SQS and one of Amazon MQ'],
    [{ sqs: '' }, 'it takes the name of a queue'],
    [{ sqs: ['q'] }, 'it takes the name of a queue'],
    [{ sqs: '*' }, 'name one queue'],
    [{ sns: 'arn:aws:sns:us-east-1:1:t' }, 'use the name of the topic, which is the last part of that'],
  ])('%j is refused where it stands', (via, message) => {
    expect(() => OnS3({ via: via as Via })).toThrow(message);
    expect(() => OnEventBridge({ via: via as Via })).toThrow(message.replace('@OnS3', '@OnEventBridge'));
    expect(() => OnSchedule('s', { via: via as Via })).toThrow(message.replace('@OnS3', '@OnSchedule'));
  });

  it('of a topic is a queue alone', () => {
    expect(() => OnSns('t', { via: { sns: 't' } as never })).toThrow(
      'Unknown in the option via of @OnSns: sns. It takes sqs, mq.',
    );
  });

  it.each([[OnSqs], [OnMq]])('is refused by decorators of what comes in nothing else', (decorator) => {
    expect(() => decorator('q', { via: { sqs: 'q' } } as never)).toThrow(
      /^Unknown in the options of @On(Sqs|Mq): via\./,
    );
  });
});

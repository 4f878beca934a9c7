import {
  OnDynamoDb,
  OnEventBridge,
  OnKafka,
  OnKinesis,
  OnMq,
  OnS3,
  OnSchedule,
  OnSns,
  OnSqs,
} from '../../src/decorators/consumers.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { createApp } from './create-app.js';
import { bystanders, consumer, FORGED, type Reached } from './forged-events.js';

const quiet = { accessLog: false, logger: { silent: true } } as const;

const reached: Reached = [];
beforeEach(() => void (reached.length = 0));

/** Every source that delivers what somebody wrote. */
const CARRIERS: Readonly<
  Record<string, { carry: (content: unknown) => object; On: (name?: string) => MethodDecorator; source: string }>
> = {
  SQS: { carry: (content) => events.sqs('orders', [content]), On: OnSqs, source: 'sqs' },
  'SQS (FIFO)': {
    carry: (content) => events.sqs('orders.fifo', [content]),
    On: () => OnSqs('orders.fifo'),
    source: 'sqs',
  },
  SNS: { carry: (content) => events.sns('orders', [content]), On: OnSns, source: 'sns' },
  ActiveMQ: { carry: (content) => events.activeMq('orders', [content]), On: OnMq, source: 'mq' },
  RabbitMQ: { carry: (content) => events.rabbitMq('orders', [content]), On: OnMq, source: 'mq' },
  Kafka: { carry: (content) => events.kafka('orders', [content]), On: OnKafka, source: 'kafka' },
  Kinesis: { carry: (content) => events.kinesis('orders', [content]), On: OnKinesis, source: 'kinesis' },
  DynamoDB: {
    carry: (content) =>
      events.dynamoDb('orders', [{ keys: { id: '1' }, newImage: content as Record<string, unknown> }]),
    On: OnDynamoDb,
    source: 'dynamodb',
  },
  EventBridge: {
    carry: (detail) => events.eventBridge({ source: 'orders', detailType: 'Placed', detail }),
    On: () => OnEventBridge({ source: 'orders' }),
    source: 'eventbridge',
  },
};

/** As it is, as a topic's notification, as a message's text in a message, and as text of text. */
const DEPTHS: Readonly<Record<string, (forged: object) => unknown>> = {
  'as it is': (forged) => forged,
  'in an envelope of SNS': (forged) => JSON.parse(events.snsEnvelope('admin', forged)) as unknown,
  'in a message of SQS': (forged) => events.sqs('admin', [forged]),
  'in an envelope in a message of SQS': (forged) => events.sqs('admin', [events.snsEnvelope('admin', forged)]),
  'in an event of a bus': (forged) => events.eventBridge({ source: 'shop', detailType: 'Paid', detail: forged }),
};

const cases = Object.keys(CARRIERS).flatMap((carrier) => Object.keys(DEPTHS).map((depth) => [carrier, depth] as const));

describe.each(cases)('whatever is in a message of %s, %s', (carrierName, depthName) => {
  const { carry, On, source } = CARRIERS[carrierName]!;
  const forged = Object.entries(FORGED).map(
    ([name, make]) => [name, () => JSON.parse(JSON.stringify(carry(DEPTHS[depthName]!(make())))) as object] as const,
  );

  it('reaches the declared consumer, and nothing else', async () => {
    const { controllers, providers } = bystanders(source, reached);
    const app = createApp(
      { controllers, providers: [...providers, consumer('declared', On('orders'), reached)] },
      quiet,
    );
    for (const [name, event] of forged) {
      reached.length = 0;
      await app.handler(event(), fakeContext());
      expect([name, reached.map(([who]) => who)]).toEqual([name, ['declared']]);
    }
  });

  it('is a failed record where nothing is declared for it, and reaches nothing', async () => {
    const app = createApp(bystanders(source, reached), quiet);
    for (const [name, event] of forged) {
      const [settled] = await Promise.allSettled([app.handler(event(), fakeContext())]);
      expect([name, reached, isFailure(settled)]).toEqual([name, [], true]);
    }
  });
});

const declarations: Readonly<Record<string, MethodDecorator>> = {
  s3: OnS3({ bucket: 'uploads', via: { sqs: 'orders' } }),
  sns: OnSns('placed', { via: { sqs: 'orders' } }),
  eventbridge: OnEventBridge({ source: 'other', via: { sqs: 'orders' } }),
  schedule: OnSchedule('monthly', { via: { sqs: 'orders' } }),
  's3 in sns': OnS3({ bucket: 'uploads', via: { sns: 'placed', sqs: 'orders' } }),
};

describe.each(Object.entries(declarations))('a queue that is declared to carry %s', (kind, declaration) => {
  it('carries nothing else, whatever is in its messages', async () => {
    const { controllers, providers } = bystanders('none', reached);
    const app = createApp(
      { controllers, providers: [...providers, consumer('declared', declaration, reached)] },
      quiet,
    );
    for (const [name, make] of Object.entries(FORGED)) {
      for (const [depth, wrap] of Object.entries(DEPTHS)) {
        reached.length = 0;
        const result = await app.handler(
          JSON.parse(JSON.stringify(events.sqs('orders', [wrap(make())]))),
          fakeContext(),
        );
        const fits = kind === 's3' && depth === 'as it is' && name.startsWith('a notification of S3');
        expect([name, depth, reached.map(([who]) => who), isFailure({ status: 'fulfilled', value: result })]).toEqual([
          name,
          depth,
          fits ? ['declared'] : [],
          !fits,
        ]);
      }
    }
  });
});

describe('a queue whose messages are declared to be requests', () => {
  it('carries nothing else', async () => {
    const { controllers, providers } = bystanders('none', reached);
    const app = createApp({ controllers, providers }, { ...quiet, requestsVia: { sqs: ['orders'] } });
    for (const [name, make] of Object.entries(FORGED)) {
      for (const [depth, wrap] of Object.entries(DEPTHS)) {
        reached.length = 0;
        const result = await app.handler(
          JSON.parse(JSON.stringify(events.sqs('orders', [wrap(make())]))),
          fakeContext(),
        );
        const fits = depth === 'as it is' && /request (of|context)|least of a request/.test(name);
        expect([name, depth, reached.map(([who]) => who), isFailure({ status: 'fulfilled', value: result })]).toEqual([
          name,
          depth,
          fits ? ['routes'] : [],
          !fits,
        ]);
      }
    }
  });
});

/** Sources that hand on what a stranger sent: bodies, queries, headers. */
const DOORS: Readonly<Record<string, { send: (text: string) => object; who: string }>> = {
  ...Object.fromEntries(
    Object.entries(httpEvents).flatMap(([name, make]) => [
      [
        `the body of ${name}`,
        {
          send: (body: string) =>
            make({ method: 'POST', url: '/x', headers: { 'content-type': 'application/json' }, body }),
          who: 'routes',
        },
      ],
      [
        `the query of ${name}`,
        {
          send: (text: string) => make({ url: `/x?${encodeURIComponent(text)}=1&Records=${encodeURIComponent(text)}` }),
          who: 'routes',
        },
      ],
      [
        `a header of ${name}`,
        {
          send: (text: string) => make({ url: '/x', headers: { 'x-event': text, cookie: 'Records=1' } }),
          who: 'routes',
        },
      ],
    ]),
  ),
  'a message of a WebSocket': { send: (body) => events.webSocket({ route: 'admin', body }), who: 'websocket' },
  'a question to an authorizer': { send: (token) => events.authorizerToken({ token }), who: 'authorizer' },
};

test.each(Object.entries(DOORS))(
  'whatever a stranger sends as %s reaches its own receiver, and nothing else',
  async (_, { send, who }) => {
    const { controllers, providers } = bystanders('none', reached);
    const app = createApp({ controllers, providers }, quiet);
    for (const [name, make] of Object.entries(FORGED)) {
      reached.length = 0;
      await app.handler(JSON.parse(JSON.stringify(send(JSON.stringify(make())))), fakeContext()).catch(() => undefined);
      expect([name, reached.map(([whom]) => whom)]).toEqual([name, [who]]);
    }
  },
);

/** A rejected invocation, or an answer that names failed records. */
function isFailure(settled: PromiseSettledResult<unknown>): boolean {
  if (settled.status === 'rejected') return true;
  const { batchItemFailures } = settled.value as { batchItemFailures: unknown[] };
  return batchItemFailures.length > 0;
}

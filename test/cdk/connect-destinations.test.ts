import type { Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { connectDestinations, type Destinations } from '../../src/cdk/connect-destinations.js';
import type { EventSources } from '../../src/cdk/source-options.js';
import { bucketFacts } from '../../src/deployment/deployment-facts.js';
import { type DestinationKind, variableOf } from '../../src/shared/destination.js';
import { newStack, plainFunction, propertiesOf } from './shop.js';

let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

interface Given {
  readonly destinations?: Destinations;
  readonly sources?: EventSources;
  readonly environment?: Record<string, string>;
}

function connect(sends: readonly (readonly [DestinationKind, string])[], given: Given): void {
  const { destinations = {}, sources = {}, environment = {} } = given;
  const declared = sends.map(([kind, name]) => ({ kind, name, variable: variableOf({ kind, name }) }));
  connectDestinations(plainFunction(stack), { destinations, sources, environment }, { sends: declared, buckets: [] });
}

function keepPayloads(uses: readonly (readonly ['read' | 'write', string])[], given: Given): void {
  const { destinations = {}, environment = {} } = given;
  const buckets = uses.map(([access, prefix]) => bucketFacts({ kind: 'bucket', name: 'payloads', prefix, access }));
  connectDestinations(plainFunction(stack), { destinations, sources: {}, environment }, { sends: [], buckets });
}

const actions = (): string => JSON.stringify(propertiesOf(stack, 'AWS::IAM::Policy'));

function variables(): Record<string, unknown> {
  const [{ Environment } = {}] = propertiesOf(stack, 'AWS::Lambda::Function');
  return (Environment as { Variables?: Record<string, unknown> } | undefined)?.Variables ?? {};
}

const queue = (): Queue => new Queue(stack, 'Queue');

test('a queue: the function may send to it, and learns its URL', () => {
  connect([['queue', 'orders']], { destinations: { queues: { orders: queue() } } });
  expect(actions()).toContain('sqs:SendMessage');
  expect(actions()).not.toContain('sqs:ReceiveMessage');
  expect(variables()).toEqual({ ORDERS_QUEUE_URL: { Ref: expect.stringMatching(/^Queue/) as string } });
});

test('a topic: the function may publish to it, and learns its ARN', () => {
  connect([['topic', 'news']], { destinations: { topics: { news: new Topic(stack, 'Topic') } } });
  expect(actions()).toContain('sns:Publish');
  expect(variables()).toEqual({ NEWS_TOPIC_ARN: { Ref: expect.stringMatching(/^Topic/) as string } });
});

test('a bus: the function may put events on it, and learns its name', () => {
  connect([['bus', 'shop']], { destinations: { eventBuses: { shop: new EventBus(stack, 'Bus') } } });
  expect(actions()).toContain('events:PutEvents');
  expect(Object.keys(variables())).toEqual(['SHOP_BUS_NAME']);
});

test('a bucket that is written to: the function may put payloads under its prefix, and learns its name', () => {
  keepPayloads([['write', 'orders/']], { destinations: { buckets: { payloads: new Bucket(stack, 'Bucket') } } });
  expect(actions()).toContain('s3:PutObject');
  expect(actions()).toContain('/orders/*');
  expect(actions()).not.toContain('s3:GetObject');
  expect(variables()).toEqual({ PAYLOADS_BUCKET: { Ref: expect.stringMatching(/^Bucket/) as string } });
});

test('a bucket that is read from: the function may get payloads, and write none', () => {
  keepPayloads([['read', '']], { destinations: { buckets: { payloads: new Bucket(stack, 'Bucket') } } });
  expect(actions()).toContain('s3:GetObject');
  expect(actions()).not.toMatch(/s3:(Put|Delete)/);
});

test('a bucket may be written to and read from', () => {
  const buckets = { payloads: new Bucket(stack, 'Bucket') };
  keepPayloads(
    [
      ['write', ''],
      ['read', ''],
    ],
    { destinations: { buckets } },
  );
  expect(actions()).toMatch(/s3:GetObject.*s3:PutObject|s3:PutObject.*s3:GetObject/);
});

test('the default bus needs no resource', () => {
  connect([['bus', 'default']], {});
  expect(actions()).toContain('events:PutEvents');
  expect(actions()).toContain(':event-bus/default');
});

test.each([
  ['as it is', (resource: Queue) => resource],
  ['with settings', (resource: Queue) => ({ from: resource, batchSize: 5 })],
])('a queue that the function also consumes need not be repeated: %s', (_name, given) => {
  connect([['queue', 'orders']], { sources: { queues: { orders: given(queue()) } } });
  expect(actions()).toContain('sqs:SendMessage');
});

test('false leaves permission and variable to the user', () => {
  connect([['queue', 'orders']], { destinations: { queues: { orders: false } } });
  expect([actions(), variables()]).toEqual(['[]', {}]);
  stack = newStack();
  keepPayloads([['read', '']], { destinations: { buckets: { payloads: false } } });
  expect([actions(), variables()]).toEqual(['[]', {}]);
});

test('a variable of the user stays', () => {
  connect([['queue', 'orders']], {
    destinations: { queues: { orders: queue() } },
    environment: { ORDERS_QUEUE_URL: 'https://elsewhere' },
  });
  expect(actions()).toContain('sqs:SendMessage');
  expect(variables()).toEqual({});
  stack = newStack();
  keepPayloads([['read', '']], {
    destinations: { buckets: { payloads: new Bucket(stack, 'Bucket') } },
    environment: { PAYLOADS_BUCKET: 'mine' },
  });
  expect(variables()).toEqual({});
});

test('all that is missing is told at once', () => {
  expect(() =>
    connect(
      [
        ['queue', 'orders'],
        ['topic', 'news'],
        ['bus', 'shop'],
      ],
      { sources: { queues: { orders: false } } },
    ),
  ).toThrow(
    'queue "orders": { queues: { "orders": … } }\n  topic "news": { topics: { "news": … } }\n  bus "shop": { eventBuses: { "shop": … } }',
  );
});

test('a bucket without a resource is refused once, however it is used', () => {
  const uses = [['write', 'a/'] as const, ['read', 'a/'] as const];
  expect(() => keepPayloads(uses, {})).toThrow(
    /are missing\. Pass each in "destinations"[^]*grant its permission elsewhere:\n {2}bucket "payloads": \{ buckets: \{ "payloads": … \} \}$/,
  );
});

test('a resource that nothing declares is refused', () => {
  expect(() => connect([['queue', 'orders']], { destinations: { queues: { order: queue() } } })).toThrow(
    'Nothing in Shop/Orders declares queues "order". Correct the name or remove the resource. Declared are orders.',
  );
  stack = newStack();
  expect(() => keepPayloads([], { destinations: { buckets: { other: false } } })).toThrow(
    'Nothing in Shop/Orders declares buckets "other". Correct the name or remove the resource. Declared are none.',
  );
});

test('an unknown kind is refused', () => {
  expect(() => connect([], { destinations: { buses: {} } as Destinations })).toThrow(
    'Unknown in the option destinations of Shop/Orders: buses. It takes queues, topics, eventBuses, buckets.',
  );
});

import type { FunctionConsumer } from '../../../../src/cli/dev/runtime/process-messages.js';
import {
  type Addresses,
  declaredBy,
  localBuckets,
  localOnes,
  localVariables,
} from '../../../../src/cli/dev/server/local-destinations.js';
import type { Destination } from '../../../../src/shared/destination.js';

const orders: Destination = { kind: 'queue', name: 'orders' };
const audit: Destination = { kind: 'queue', name: 'audit.fifo' };
const news: Destination = { kind: 'topic', name: 'news' };
const bills: Destination = { kind: 'topic', name: 'bills' };
const shop: Destination = { kind: 'bus', name: 'shop' };
const ALL = [orders, audit, news, bills, shop];

const addresses: Addresses = {
  endpoints: { queue: 'http://queues', topic: 'http://topics', bus: 'http://topics' },
  of: ({ kind, name }) => `${kind}:${name}`,
};

const NOBODY = { AWS_CONFIG_FILE: '/nowhere/config', AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials' };

function variables(own: NodeJS.ProcessEnv, declared = ALL): Readonly<Record<string, string>> {
  const local = localOnes(declared, own);
  const elsewhere = declared.filter((each) => !local.includes(each));
  return localVariables(local, elsewhere, addresses, { ...NOBODY, ...own });
}

const consumer = (source: string, criteria: FunctionConsumer['criteria']): FunctionConsumer => ({
  source,
  criteria,
  via: undefined,
  handler: 'A.a',
});

test('a function declares the queues that it consumes by name, and what it sends to', () => {
  const consumers = [
    consumer('sqs', { queue: 'orders' }),
    consumer('sqs', { queue: 'returns-*' }),
    consumer('sqs', {}),
    consumer('sns', { topic: 'news' }),
    { ...consumer('s3', {}), via: { sqs: 'uploads' } },
  ];
  const none = { isApplication: true, routes: [], lazy: [], buckets: [], streams: false };
  const requestsVia = [{ source: 'sqs', name: 'api' }] as const;
  expect(declaredBy({ ...none, consumers, requestsVia, sends: [news] }).map(({ kind, name }) => [kind, name])).toEqual([
    ['queue', 'orders'],
    ['queue', 'uploads'],
    ['queue', 'api'],
    ['topic', 'news'],
  ]);
});

test('a bucket of large payloads is emulated by its URL, and without an endpoint for other clients of S3', () => {
  const buckets = { payloads: 'http://127.0.0.1:4000/payloads', 'old-payloads': 'http://127.0.0.1:4000/old-payloads' };
  const declared = { buckets: ['payloads', 'old-payloads'] };
  expect(localBuckets(declared, {})).toEqual(['payloads', 'old-payloads']);
  expect(localBuckets(declared, { OLD_PAYLOADS_BUCKET: 'mine' })).toEqual(['payloads']);
  expect(localBuckets(declared, { AWS_ENDPOINT_URL: 'http://localstack:4566' })).toEqual([]);
  expect(localVariables([], [], { ...addresses, buckets }, NOBODY)).toEqual({
    PAYLOADS_BUCKET: buckets.payloads,
    OLD_PAYLOADS_BUCKET: buckets['old-payloads'],
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
});

test('everything that is declared is emulated, and has its address and its endpoint', () => {
  expect(variables({})).toEqual({
    ORDERS_QUEUE_URL: 'queue:orders',
    AUDIT_QUEUE_URL: 'queue:audit.fifo',
    NEWS_TOPIC_ARN: 'topic:news',
    BILLS_TOPIC_ARN: 'topic:bills',
    SHOP_BUS_NAME: 'bus:shop',
    AWS_ENDPOINT_URL_SQS: 'http://queues',
    AWS_ENDPOINT_URL_SNS: 'http://topics',
    AWS_ENDPOINT_URL_EVENTBRIDGE: 'http://topics',
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
});

test('without anything declared, no variable is set', () => {
  expect(variables({}, [])).toEqual({});
});

describe('what you have set is yours', () => {
  test('a queue with a URL is not emulated, and the URL of each queue says where its messages go', () => {
    const own = { ORDERS_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/orders' };
    expect(localOnes([orders, audit], own)).toEqual([audit]);
    const { AUDIT_QUEUE_URL, ...others } = variables(own, [orders, audit]);
    expect(AUDIT_QUEUE_URL).toBe('queue:audit.fifo');
    expect(others).not.toHaveProperty('AWS_ENDPOINT_URL_SQS');
    expect(others).not.toHaveProperty('ORDERS_QUEUE_URL');
  });

  test('with the ARN of one topic, no topic is emulated, because their ARNs have no host', () => {
    expect(localOnes(ALL, { NEWS_TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:news' })).toEqual([
      orders,
      audit,
      shop,
    ]);
  });

  test.each([
    ['AWS_ENDPOINT_URL_SQS', 'http://localhost:4566', [news, bills, shop]],
    ['AWS_ENDPOINT_URL_SQS', '', [news, bills, shop]],
    ['AWS_ENDPOINT_URL_EVENTBRIDGE', 'http://localhost:4566', [orders, audit, news, bills]],
    ['AWS_ENDPOINT_URL', 'http://localhost:4566', []],
  ])('with %s=%s, the rest is emulated', (name, value, rest) => {
    expect(localOnes(ALL, { [name]: value })).toEqual(rest);
  });

  test.each(['AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_WEB_IDENTITY_TOKEN_FILE'])(
    'credentials by %s are not replaced, which other clients need',
    (name) => {
      expect(variables({ [name]: 'x' })).not.toHaveProperty('AWS_SECRET_ACCESS_KEY');
    },
  );

  test('nor are those of a file', () => {
    expect(variables({ AWS_CONFIG_FILE: __filename })).not.toHaveProperty('AWS_REGION');
  });
});

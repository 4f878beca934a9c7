import { EventType } from 'aws-cdk-lib/aws-s3';
import { demandsOf, type DeployedConsumer, labelOf } from '../../src/deployment/demand.js';
import { bucketEvents, eventPattern } from '../../src/deployment/event-filters.js';

function consumer(
  source: string,
  criteria: Readonly<Record<string, string>> = {},
  handler = 'Shop.take',
): DeployedConsumer {
  return { source, criteria, handler };
}

function bus(source?: string, detailType?: string): DeployedConsumer {
  return consumer('eventbridge', {
    ...(source !== undefined && { source }),
    ...(detailType !== undefined && { detailType }),
  });
}

const s3 = (event?: string): DeployedConsumer =>
  consumer('s3', { bucket: 'uploads', ...(event !== undefined && { event }) });

describe('what consumers ask of AWS', () => {
  test('is one thing for each name of a source, whoever consumes it', () => {
    const demands = demandsOf([
      consumer('sqs', { queue: 'orders' }),
      s3('ObjectCreated:*'),
      consumer('sns', { topic: 'orders' }),
      s3('ObjectRemoved:*'),
      consumer('sqs'),
    ]);
    expect(demands.map(({ source, name, consumers }) => [source, name, consumers.length])).toEqual([
      ['sqs', 'orders', 1],
      ['s3', 'uploads', 2],
      ['sns', 'orders', 1],
      ['sqs', undefined, 1],
    ]);
  });

  test('is one rule for all events of a bus', () => {
    const demands = demandsOf([
      consumer('eventbridge', { source: 'shop' }),
      consumer('eventbridge', { detailType: 'Paid' }),
    ]);
    expect(demands).toHaveLength(1);
  });

  test('is nothing for what is called by the name of the function', () => {
    expect(demandsOf([consumer('event'), consumer('authorizer'), consumer('toString')])).toEqual([]);
  });

  test('is the message that an event comes in, and of a topic in a queue the queue', () => {
    const demands = demandsOf([
      { ...s3(), via: { sqs: 'uploads' } },
      { ...bus('shop'), via: { sqs: 'uploads' } },
      { ...s3(), via: { sns: 'placed' } },
      { ...consumer('sns', { topic: 'placed' }), via: { sqs: 'placed' } },
      { ...consumer('schedule', { rule: 'nightly' }), via: { sns: 'nights', mq: 'nights' } },
    ]);
    expect(demands.map(({ source, name, consumers }) => [source, name, consumers.map((one) => one.source)])).toEqual([
      ['sqs', 'uploads', ['s3', 'eventbridge']],
      ['sns', 'placed', ['s3']],
      ['sqs', 'placed', ['sns']],
      ['mq', 'nights', ['schedule']],
    ]);
    expect(labelOf(demands[0]!)).toBe('Shop.take, Shop.take (sqs, queue "uploads")');
  });

  test('is what brings requests', () => {
    const demands = demandsOf(
      [consumer('sqs', { queue: 'orders' })],
      [
        { source: 'sqs', name: 'api' },
        { source: 'sns', name: 'api' },
        { source: 'mq', name: 'api' },
      ],
    );
    expect(demands.map(labelOf)).toEqual([
      'Shop.take (sqs, queue "orders")',
      'requestsVia (sqs, queue "api")',
      'requestsVia (sns, topic "api")',
      'requestsVia (mq, queue "api")',
    ]);
  });

  test('is told with the methods and the name', () => {
    const [named, any] = demandsOf([consumer('dynamodb', { table: 'orders' }), consumer('sqs', {}, 'Shop.all')]);
    expect([labelOf(named!), labelOf(any!)]).toEqual(['Shop.take (dynamodb, table "orders")', 'Shop.all (sqs)']);
  });
});

describe('the pattern of a bus', () => {
  test('of one consumer has what it wants, with a prefix for a star', () => {
    expect(eventPattern([bus('shop.*', 'Paid')])).toEqual({ source: [{ prefix: 'shop.' }], 'detail-type': ['Paid'] });
    expect(eventPattern([bus(undefined, 'Order *')])).toEqual({ 'detail-type': [{ prefix: 'Order ' }] });
  });

  test('of several is one, so that no event comes twice', () => {
    expect(eventPattern([bus('shop'), bus(undefined, 'Paid')])).toEqual({
      $or: [{ source: ['shop'] }, { 'detail-type': ['Paid'] }],
    });
  });

  test('is everything where one consumer wants that', () => {
    expect(eventPattern([bus('shop'), bus()])).toEqual({ source: [{ prefix: '' }] });
    expect(eventPattern([bus()])).toEqual({ source: [{ prefix: '' }] });
  });
});

describe('the notifications of a bucket', () => {
  test.each([
    [
      ['ObjectCreated:*', 'ObjectCreated:Put', 'ObjectRemoved:Delete'],
      ['s3:ObjectCreated:*', 's3:ObjectRemoved:Delete'],
    ],
    [['ObjectCreated:Put', 'ObjectCreated:Put'], ['s3:ObjectCreated:Put']],
    [['ObjectCreated:P*'], ['s3:ObjectCreated:Put', 's3:ObjectCreated:Post']],
    [['ObjectCreated:P*', 'ObjectCreated:*'], ['s3:ObjectCreated:*']],
    [['ObjectAcl:*'], ['s3:ObjectAcl:Put']],
    [['LifecycleExpiration:Delete*'], ['s3:LifecycleExpiration:Delete', 's3:LifecycleExpiration:DeleteMarkerCreated']],
    [['ObjectR*'], ['s3:ObjectRemoved:*', 's3:ObjectRestore:*']],
    [['LifecycleTransition'], ['s3:LifecycleTransition']],
  ])('for %j are %j', (events, told) => {
    expect(bucketEvents(events.map(s3))).toEqual(told);
  });

  test.each(['ObjectCreated:p*', 'ObjectMade:*', 's3:ObjectCreated:*'])(
    'for %s, which fits none, are refused with those that there are',
    (event) => {
      expect(() => bucketEvents([s3('ObjectCreated:*'), s3(event)])).toThrow(
        `Shop.take wants the event "${event}" of the bucket "uploads", which none of S3's kinds fits: ObjectCreated:*, ObjectCreated:Put, `,
      );
    },
  );

  test('are all of those that the CDK knows', () => {
    const groups = bucketEvents([s3()]);
    for (const kind of Object.values(EventType)) {
      expect(bucketEvents([s3(`${kind.slice('s3:'.length, -1)}*`)])).toContain(kind);
      expect(groups.some((group) => group === kind || kind.startsWith(group.replace('*', '')))).toBe(true);
    }
  });

  test('are of every kind where a consumer names none', () => {
    const all = bucketEvents([s3(), s3('ObjectCreated:Put')]);
    expect(all).toEqual(expect.arrayContaining(['s3:ObjectCreated:*', 's3:ObjectRemoved:*', 's3:LifecycleTransition']));
    expect(all).not.toContain('s3:ObjectCreated:Put');
  });
});

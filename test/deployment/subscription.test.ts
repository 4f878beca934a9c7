import { labelOf, subscriptionsOf } from '../../src/deployment/subscription.js';
import { bus, consumer, s3 } from './consumers.js';

describe('subscriptions', () => {
  test('are one for each name of a source, whichever consumers it has', () => {
    const subscriptions = subscriptionsOf([
      consumer('sqs', { queue: 'orders' }),
      s3('ObjectCreated:*'),
      consumer('sns', { topic: 'orders' }),
      s3('ObjectRemoved:*'),
      consumer('sqs'),
    ]);
    expect(subscriptions.map(({ source, name, consumers }) => [source, name, consumers.length])).toEqual([
      ['sqs', 'orders', 1],
      ['s3', 'uploads', 2],
      ['sns', 'orders', 1],
      ['sqs', undefined, 1],
    ]);
  });

  test('are one for all events of a bus', () => {
    const subscriptions = subscriptionsOf([
      consumer('eventbridge', { source: 'shop' }),
      consumer('eventbridge', { detailType: 'Paid' }),
    ]);
    expect(subscriptions).toHaveLength(1);
  });

  test('leave out events whose sender names the function', () => {
    expect(subscriptionsOf([consumer('event'), consumer('authorizer'), consumer('toString')])).toEqual([]);
  });

  test('of a carried event are of its carrier, the outermost if there are two', () => {
    const subscriptions = subscriptionsOf([
      { ...s3(), via: { sqs: 'uploads' } },
      { ...bus('shop'), via: { sqs: 'uploads' } },
      { ...s3(), via: { sns: 'placed' } },
      { ...consumer('sns', { topic: 'placed' }), via: { sqs: 'placed' } },
      { ...consumer('schedule', { rule: 'nightly' }), via: { sns: 'nights', mq: 'nights' } },
    ]);
    expect(
      subscriptions.map(({ source, name, consumers }) => [source, name, consumers.map((one) => one.source)]),
    ).toEqual([
      ['sqs', 'uploads', ['s3', 'eventbridge']],
      ['sns', 'placed', ['s3']],
      ['sqs', 'placed', ['sns']],
      ['mq', 'nights', ['schedule']],
    ]);
    expect(labelOf(subscriptions[0]!)).toBe('Shop.take, Shop.take (sqs, queue "uploads")');
  });

  test('include the queues and topics that carry requests', () => {
    const subscriptions = subscriptionsOf(
      [consumer('sqs', { queue: 'orders' })],
      [
        { source: 'sqs', name: 'api' },
        { source: 'sns', name: 'api' },
        { source: 'mq', name: 'api' },
      ],
    );
    expect(subscriptions.map(labelOf)).toEqual([
      'Shop.take (sqs, queue "orders")',
      'requestsVia (sqs, queue "api")',
      'requestsVia (sns, topic "api")',
      'requestsVia (mq, queue "api")',
    ]);
  });

  test('have a label with their methods and their name', () => {
    const [named, any] = subscriptionsOf([consumer('dynamodb', { table: 'orders' }), consumer('sqs', {}, 'Shop.all')]);
    expect([labelOf(named!), labelOf(any!)]).toEqual(['Shop.take (dynamodb, table "orders")', 'Shop.all (sqs)']);
  });
});

import type { DynamoDBStreamEvent } from 'aws-lambda';
import { dynamoDb } from '../../src/events/dynamodb.js';
import { events } from '../../src/testing/events.js';

function contentsOf(event: DynamoDBStreamEvent): unknown[] {
  return dynamoDb.decode(event).map((record) => record.content());
}

describe('a change of an item', () => {
  it('tells what happened, the keys, and the images in plain objects', () => {
    const [before, after] = [
      { id: 'o1', total: 5 },
      { id: 'o1', total: 7.5, tags: ['new'] },
    ];
    const keys = { id: 'o1' };
    const event = events.dynamoDb('orders', [
      { keys, newImage: before },
      { keys, newImage: after, oldImage: before },
      { keys, oldImage: after },
    ]);
    expect(contentsOf(event)).toEqual([
      { eventName: 'INSERT', keys, newImage: before, oldImage: undefined },
      { eventName: 'MODIFY', keys, newImage: after, oldImage: before },
      { eventName: 'REMOVE', keys, newImage: undefined, oldImage: after },
    ]);
  });

  it('is named by its event id in logs, and by its sequence number to AWS', () => {
    const event = events.dynamoDb('orders', [{}], { eventID: 'e1', dynamodb: { SequenceNumber: '111' } });
    expect(dynamoDb.decode(event).map(({ id, identifier }) => [id, identifier])).toEqual([['e1', '111']]);
    const result = dynamoDb.encode([{ failed: true, error: 'x' }], dynamoDb.decode(event), event);
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: '111' }] });
  });

  it('of a window hands the state on', () => {
    const event = {
      ...events.dynamoDb('orders', []),
      window: { start: '2026-01-01T00:00:00Z', end: '2026-01-01T00:02:00Z' },
      state: { total: 1 },
      eventSourceARN: 'arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000',
    };
    expect(dynamoDb.detect(event)).toBe(true);
    expect(dynamoDb.encode([], [], event)).toEqual({ batchItemFailures: [], state: { total: 1 } });
  });
});

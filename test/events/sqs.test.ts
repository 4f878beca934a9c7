import { sqs } from '../../src/events/sqs.js';
import { events } from '../../src/testing/events.js';

describe('messages of SQS', () => {
  it('of a FIFO queue keep the order of their message group', () => {
    const event = events.sqs('orders.fifo', ['a', 'b', 'c'], (index) => ({
      attributes: { MessageGroupId: index === 1 ? 'two' : 'one' },
    }));
    expect(sqs.decode(event).map(({ group }) => group)).toEqual(['one', 'two', 'one']);
  });

  it('of a standard queue have no order, though a group may be set for fairness', () => {
    const event = events.sqs('orders', ['a'], { attributes: { MessageGroupId: 'tenant-1' } });
    expect(sqs.decode(event)[0]?.group).toBeUndefined();
  });

  it('of a FIFO queue without a group id are in one group', () => {
    const event = events.sqs('orders.fifo', ['a', 'b']);
    const records = event.Records.map((record) => ({ ...record, attributes: null as never }));
    expect(sqs.decode({ Records: records }).map(({ group }) => group)).toEqual(['', '']);
  });

  it.each([
    ['1', 1],
    ['7', 7],
    [undefined, undefined],
    ['', undefined],
    ['many', undefined],
  ])('received %j times are at attempt %j', (ApproximateReceiveCount, attempt) => {
    const event = events.sqs('orders', ['a'], {
      attributes: { ApproximateReceiveCount: ApproximateReceiveCount as string },
    });
    expect(sqs.decode(event)[0]?.attempt).toBe(attempt);
  });

  it('without a body are malformed', () => {
    const event = events.sqs('orders', ['a'], { body: null as unknown as string });
    expect(() => sqs.decode(event)[0]?.content()).toThrow('Records[0].body is null: it should be text');
  });
});

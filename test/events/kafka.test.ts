import { kafka, type KafkaEvent, kafkaHeaders, kafkaKey } from '../../src/events/kafka.js';
import { events } from '../../src/testing/events.js';

const failed = { failed: true, error: new Error('x') } as const;
const ok = { failed: false, value: undefined } as const;

describe('records of Kafka', () => {
  const event = events.kafka('my-clicks', ['a', 'b', 'c', 'd'], (index) => ({
    partition: index % 2,
    offset: 100 + index,
  }));

  it('keep the order of their partition, and have ids with their offsets', () => {
    expect(kafka.decode(event).map(({ id, group, attributes }) => [id, group, attributes])).toEqual([
      ['my-clicks-0:100', 'my-clicks-0', { topic: 'my-clicks' }],
      ['my-clicks-0:102', 'my-clicks-0', { topic: 'my-clicks' }],
      ['my-clicks-1:101', 'my-clicks-1', { topic: 'my-clicks' }],
      ['my-clicks-1:103', 'my-clicks-1', { topic: 'my-clicks' }],
    ]);
  });

  it('are named, the first failed one of each partition, by partition and offset', () => {
    expect(kafka.encode([ok, failed, failed, failed], kafka.decode(event), event)).toEqual({
      batchItemFailures: [
        { itemIdentifier: { partition: 'my-clicks-0', offset: 102 } },
        { itemIdentifier: { partition: 'my-clicks-1', offset: 101 } },
      ],
    });
  });

  it('may be at offset 0', () => {
    const first = events.kafka('clicks', ['a'], { offset: 0 });
    expect(kafka.encode([failed], kafka.decode(first), first)).toEqual({
      batchItemFailures: [{ itemIdentifier: { partition: 'clicks-0', offset: 0 } }],
    });
  });

  it("come from clusters of one's own too", () => {
    for (const eventSource of ['SelfManagedKafka', 'aws:SelfManagedKafka']) {
      expect(kafka.detect({ eventSource, bootstrapServers: '', records: {} })).toBe(true);
    }
    expect(kafka.detect({ eventSource: 'aws:other', records: {} })).toBe(false);
  });

  it('without a value are tombstones', () => {
    const tombstones = events.kafka('clicks', [null, '']);
    expect(kafka.decode(tombstones).map((record) => record.content())).toEqual([null, Buffer.from('')]);
  });

  it('tolerate a partition without records, and tell the topic by it where a record does not', () => {
    const odd = { eventSource: 'aws:kafka', records: { 'a-0': [], 'b-c-12': [{}] } } as unknown as KafkaEvent;
    expect(kafka.decode(odd).map(({ id, attributes }) => [id, attributes])).toEqual([['', { topic: 'b-c' }]]);
  });

  it('have keys and headers in bytes', () => {
    const key = Buffer.from('user-1').toString('base64');
    expect(kafkaKey({ key })).toEqual(Buffer.from('user-1'));
    expect([kafkaKey({}), kafkaKey({ key: null })]).toEqual([null, null]);
    expect(kafkaHeaders({ headers: [{ trace: [118, -36, 0, 127, -128] }, { trace: [97] }, { other: [] }] })).toEqual({
      trace: Buffer.from('a'),
      other: Buffer.from(''),
    });
    expect(kafkaHeaders({ headers: [{ trace: [118, -36, 0, 127, -128] }] })).toEqual({
      trace: Buffer.from([118, 220, 0, 127, 128]),
    });
    expect(kafkaHeaders({ headers: null as never })).toEqual({});
  });

  it.each([
    [5, 'headers is a number: it should be a list'],
    [[null], 'headers[0] is null: it should be an object'],
    [[{ trace: [1] }, { trace: 'text' }], 'headers[1]["trace"] is text: it should be a list of bytes'],
    [[{ trace: [{}] }], 'headers[0]["trace"] is a list: it should be a list of bytes'],
    [[{ trace: { length: 1e9 } }], 'headers[0]["trace"] is an object: it should be a list of bytes'],
  ])('have no headers in %j', (headers, message) => {
    expect(() => kafkaHeaders({ headers: headers as never })).toThrow(message);
    expect(() => kafkaKey({ key: headers as never })).toThrow('key is a');
  });
});

import { activeMq, rabbitMq } from '../../src/events/mq.js';
import { events } from '../../src/testing/events.js';

const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x80]);

describe('messages of brokers', () => {
  it('are of one source, whichever the broker', () => expect([activeMq.source, rabbitMq.source]).toEqual(['mq', 'mq']));

  it('carry bytes byte for byte', () => {
    expect(activeMq.decode(events.activeMq('orders', [bytes]))[0]?.content()).toEqual(bytes);
    expect(rabbitMq.decode(events.rabbitMq('orders', [bytes]))[0]?.content()).toEqual(bytes);
  });

  it.each(['aws:mq', 'aws:amq'] as const)('of ActiveMQ may come from %s', (eventSource) => {
    expect(activeMq.detect({ ...events.activeMq('orders', []), eventSource })).toBe(true);
  });

  it('of ActiveMQ have the queue in either spelling of its member', () => {
    const event = events.activeMq('orders', ['a'], {
      destination: { physicalName: undefined as never, physicalname: 'other' } as never,
    });
    expect(activeMq.decode(event)[0]?.attributes).toEqual({ queue: 'other' });
  });

  it('of RabbitMQ come from several queues and virtual hosts', () => {
    const [message] = events.rabbitMq('x', ['a']).rmqMessagesByQueue['x::/']!;
    const event = {
      ...events.rabbitMq('x', []),
      rmqMessagesByQueue: { 'orders::/': [message!], 'a:b::shop::1': [message!], bare: [message!] },
    };
    expect(rabbitMq.decode(event).map(({ attributes }) => attributes)).toEqual([
      { queue: 'orders', virtualHost: '/' },
      { queue: 'a:b', virtualHost: 'shop::1' },
      { queue: 'bare' },
    ]);
  });

  it('of RabbitMQ have the id that their sender gave', () => {
    const event = events.rabbitMq('orders', ['a', 'b'], (index) => ({
      basicProperties: { messageId: index === 0 ? 'm1' : null },
    }));
    expect(rabbitMq.decode(event).map(({ id }) => id)).toEqual(['m1', '']);
  });

  it('tolerate a queue without messages', () => {
    const event = { ...events.rabbitMq('x', []), rmqMessagesByQueue: { 'a::/': [], 'b::/': [] } };
    expect(rabbitMq.decode(event)).toEqual([]);
  });
});

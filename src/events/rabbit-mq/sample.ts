import { type SampleChanges, base64Content, sampleRecords } from '../sample-records.js';
import type { RabbitMqEvent, RabbitMqMessage } from './event.js';

/** Messages of a RabbitMQ queue, of the virtual host `/` unless the name says another one behind `::`. */
export function sampleRabbitMq(queue: string, contents: readonly unknown[], changes?: SampleChanges<RabbitMqMessage>): RabbitMqEvent {
  const key = queue.includes('::') ? queue : `${queue}::/`;
  return {
    eventSource: 'aws:rmq',
    eventSourceArn: 'arn:aws:mq:us-east-1:123456789012:broker:sample:b-2f1c0f5e-6d1b-4a6b-9c55-0d3f5a1b7c11',
    rmqMessagesByQueue: { [key]: sampleRecords(contents, sampleMessage, changes) },
  };
}

function sampleMessage(content: unknown): RabbitMqMessage {
  const data = base64Content(content);
  return {
    basicProperties: {
      contentType: content instanceof Uint8Array ? 'application/octet-stream' : 'text/plain',
      contentEncoding: null,
      headers: {},
      deliveryMode: 1,
      priority: 0,
      correlationId: null,
      replyTo: null,
      expiration: null,
      messageId: null,
      timestamp: 'Jan 1, 2026, 12:00:00 AM',
      type: null,
      userId: 'sample',
      appId: null,
      clusterId: null,
      bodySize: Buffer.byteLength(data, 'base64'),
    },
    redelivered: false,
    data,
  };
}

import type { ActiveMqEvent, ActiveMqMessage, RabbitMqEvent, RabbitMqMessage } from '../events/mq.js';
import { base64Content, type SampleChanges, sampleRecords } from './records.js';

const BROKER = 'b-2f1c0f5e-6d1b-4a6b-9c55-0d3f5a1b7c11';

/** Builds messages of an ActiveMQ queue: a bytes message for bytes, else a text message. */
export function sampleActiveMq(
  queue: string,
  contents: readonly unknown[],
  changes?: SampleChanges<ActiveMqMessage>,
): ActiveMqEvent {
  return {
    eventSource: 'aws:mq',
    eventSourceArn: `arn:aws:mq:us-east-1:123456789012:broker:sample:${BROKER}`,
    messages: sampleRecords(contents, (content, index) => sampleActiveMqMessage(queue, content, index), changes),
  };
}

function sampleActiveMqMessage(queue: string, content: unknown, index: number): ActiveMqMessage {
  const now = Date.now();
  return {
    messageID: `ID:${BROKER}-1.mq.us-east-1.amazonaws.com-37557-${now}-4:1:1:1:${index + 1}`,
    messageType: content instanceof Uint8Array ? 'jms/bytes-message' : 'jms/text-message',
    timestamp: now,
    deliveryMode: 1,
    correlationID: '',
    replyTo: 'null',
    destination: { physicalName: queue },
    redelivered: false,
    type: '',
    expiration: 0,
    priority: 0,
    data: base64Content(content),
    brokerInTime: now,
    brokerOutTime: now + 1,
    properties: {},
  };
}

/** Builds messages of a RabbitMQ queue. The virtual host is `/`, unless the name ends with another one after `::`. */
export function sampleRabbitMq(
  queue: string,
  contents: readonly unknown[],
  changes?: SampleChanges<RabbitMqMessage>,
): RabbitMqEvent {
  const key = queue.includes('::') ? queue : `${queue}::/`;
  return {
    eventSource: 'aws:rmq',
    eventSourceArn: 'arn:aws:mq:us-east-1:123456789012:broker:sample:b-2f1c0f5e-6d1b-4a6b-9c55-0d3f5a1b7c11',
    rmqMessagesByQueue: { [key]: sampleRecords(contents, sampleRabbitMqMessage, changes) },
  };
}

function sampleRabbitMqMessage(content: unknown): RabbitMqMessage {
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

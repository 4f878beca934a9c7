import { type SampleChanges, base64Content, sampleRecords } from '../sample-records.js';
import type { ActiveMqEvent, ActiveMqMessage } from './event.js';

const BROKER = 'b-2f1c0f5e-6d1b-4a6b-9c55-0d3f5a1b7c11';

/** Messages of an ActiveMQ queue: bytes as such, everything else as text. */
export function sampleActiveMq(queue: string, contents: readonly unknown[], changes?: SampleChanges<ActiveMqMessage>): ActiveMqEvent {
  return {
    eventSource: 'aws:mq',
    eventSourceArn: `arn:aws:mq:us-east-1:123456789012:broker:sample:${BROKER}`,
    messages: sampleRecords(contents, (content, index) => sampleMessage(queue, content, index), changes),
  };
}

function sampleMessage(queue: string, content: unknown, index: number): ActiveMqMessage {
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

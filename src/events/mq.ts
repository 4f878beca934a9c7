import type { RecordAdapter, SourceRecord } from '../contracts/event-adapter.js';
import { asJsonObject, asString, isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { decodeRecords } from './reading/decode-records.js';
import { keyed, type Place, textAt } from './reading/malformed-event.js';
import { rejectFailures } from './results/batch-item-failures.js';

/** Queues of Amazon MQ for ActiveMQ. */
export const activeMq: RecordAdapter<ActiveMqEvent> = {
  source: 'mq',
  batches: true,
  detect: detectActiveMq,
  decode: decodeActiveMq,
  encode: rejectFailures,
};

/** A raw ActiveMQ message (AWS: "Using Lambda with Amazon MQ"). */
export interface ActiveMqMessage {
  messageID: string;
  messageType: 'jms/text-message' | 'jms/bytes-message';
  /** Milliseconds since 1970. */
  timestamp: number;
  deliveryMode: number;
  correlationID?: string | null;
  replyTo?: string | null;
  destination: { physicalName: string };
  redelivered: boolean;
  type?: string | null;
  expiration: number;
  priority: number;
  /** Base64. */
  data: string;
  brokerInTime: number;
  brokerOutTime: number;
  properties?: Record<string, string> | null;
}

/** The event of an ActiveMQ broker: messages of one queue. */
export interface ActiveMqEvent {
  eventSource: 'aws:mq' | 'aws:amq';
  eventSourceArn: string;
  messages: ActiveMqMessage[];
}

/** The AWS documentation uses both names for the source. */
function detectActiveMq(event: unknown): event is ActiveMqEvent {
  return (
    isJsonObject(event) &&
    (event['eventSource'] === 'aws:mq' || event['eventSource'] === 'aws:amq') &&
    Array.isArray(event['messages'])
  );
}

function decodeActiveMq(event: ActiveMqEvent): readonly SourceRecord[] {
  return decodeRecords(event.messages, { path: 'messages' }, decodeActiveMqMessage);
}

function decodeActiveMqMessage(raw: PlainObject, place: Place): SourceRecord {
  const { physicalName, physicalname } = asJsonObject(raw['destination']);
  return {
    raw,
    id: asString(raw['messageID']) ?? '',
    // One of AWS's own sample events has the second spelling.
    attributes: { queue: asString(physicalName) ?? asString(physicalname) ?? '' },
    content: () => Buffer.from(textAt(raw, 'data', place), 'base64'),
  };
}

/** Queues of Amazon MQ for RabbitMQ. */
export const rabbitMq: RecordAdapter<RabbitMqEvent> = {
  source: 'mq',
  batches: true,
  detect: detectRabbitMq,
  decode: decodeRabbitMq,
  encode: rejectFailures,
};

/** A RabbitMQ header. Text arrives as its bytes. */
export type RabbitMqHeader = { bytes: number[] } | number | boolean | null;

/** The properties of a message under RabbitMQ's names; `null` if the sender set none. */
export interface RabbitMqProperties {
  contentType: string | null;
  contentEncoding: string | null;
  headers: Record<string, RabbitMqHeader> | null;
  deliveryMode: number;
  priority: number | null;
  correlationId: string | null;
  replyTo: string | null;
  expiration: string | null;
  messageId: string | null;
  /** As in `Jan 1, 1970, 12:33:41 AM`. */
  timestamp: string | null;
  type: string | null;
  userId: string | null;
  appId: string | null;
  clusterId: string | null;
  bodySize: number;
}

/** A raw RabbitMQ message (AWS: "Using Lambda with Amazon MQ"). */
export interface RabbitMqMessage {
  basicProperties: RabbitMqProperties;
  redelivered: boolean;
  /** Base64. */
  data: string;
}

/** The event of a RabbitMQ broker: messages by queue. */
export interface RabbitMqEvent {
  eventSource: 'aws:rmq';
  eventSourceArn: string;
  /** By queue and virtual host, as in `orders::/`. */
  rmqMessagesByQueue: Record<string, RabbitMqMessage[]>;
}

function detectRabbitMq(event: unknown): event is RabbitMqEvent {
  return isJsonObject(event) && event['eventSource'] === 'aws:rmq' && isJsonObject(event['rmqMessagesByQueue']);
}

function decodeRabbitMq({ rmqMessagesByQueue }: RabbitMqEvent): readonly SourceRecord[] {
  return Object.entries(rmqMessagesByQueue).flatMap(([key, messages]) => {
    const attributes = queueOf(key);
    const path = keyed('rmqMessagesByQueue', key);
    return decodeRecords(messages, { path }, (raw, place) => decodeRabbitMqMessage(raw, attributes, place));
  });
}

/** Splits queue and virtual host at the first `::`; both names may contain colons. */
function queueOf(key: string): SourceRecord['attributes'] {
  const end = key.indexOf('::');
  return end === -1 ? { queue: key } : { queue: key.slice(0, end), virtualHost: key.slice(end + 2) };
}

function decodeRabbitMqMessage(raw: PlainObject, attributes: SourceRecord['attributes'], place: Place): SourceRecord {
  return {
    raw,
    // Brokers assign no id; only the sender can.
    id: asString(asJsonObject(raw['basicProperties'])['messageId']) ?? '',
    attributes,
    content: () => Buffer.from(textAt(raw, 'data', place), 'base64'),
  };
}

import type { RecordAdapter, SourceRecord } from '../contracts/event-adapter.js';
import { asJsonObject, asString, isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { rejectFailures } from './outcomes.js';
import { decodeRecords } from './reading/decode-records.js';
import { keyed, type Place, textAt } from './reading/malformed-event.js';

export const activeMq: RecordAdapter<ActiveMqEvent> = {
  source: 'mq',
  batches: true,
  detect: detectActiveMq,
  decode: decodeActiveMq,
  encode: rejectFailures,
};

/** A message of ActiveMQ (AWS: "Using Lambda with Amazon MQ"). */
export interface ActiveMqMessage {
  messageID: string;
  messageType: 'jms/text-message' | 'jms/bytes-message';
  /** Milliseconds since 1970. */
  timestamp: number;
  deliveryMode: number;
  correlationID?: string | null;
  responderFor?: string | null;
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

/** What Lambda delivers from an ActiveMQ broker: the messages of one queue. */
export interface ActiveMqEvent {
  eventSource: 'aws:mq' | 'aws:amq';
  eventSourceArn: string;
  messages: ActiveMqMessage[];
}

/** Both names of the source are found in AWS's documents. */
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
    // One of AWS's own samples has the second spelling.
    attributes: { queue: asString(physicalName) ?? asString(physicalname) ?? '' },
    content: () => Buffer.from(textAt(raw, 'data', place), 'base64'),
  };
}

export const rabbitMq: RecordAdapter<RabbitMqEvent> = {
  source: 'mq',
  batches: true,
  detect: detectRabbitMq,
  decode: decodeRabbitMq,
  encode: rejectFailures,
};

/** A header of RabbitMQ: text comes as its bytes. */
export type RabbitMqHeader = { bytes: number[] } | number | boolean | null;

/** The properties of a message, as RabbitMQ names them; `null` where the sender set none. */
export interface RabbitMqProperties {
  contentType: string | null;
  contentEncoding: string | null;
  headers: Record<string, RabbitMqHeader> | null;
  deliveryMode: number;
  priority: number | null;
  correlationId: string | null;
  responderFor: string | null;
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

/** A message of RabbitMQ (AWS: "Using Lambda with Amazon MQ"). */
export interface RabbitMqMessage {
  basicProperties: RabbitMqProperties;
  redelivered: boolean;
  /** Base64. */
  data: string;
}

/** What Lambda delivers from a RabbitMQ broker: messages by queue. */
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

/** A queue's name may hold colons, a virtual host's too; the first pair of them parts the two. */
function queueOf(key: string): SourceRecord['attributes'] {
  const end = key.indexOf('::');
  return end === -1 ? { queue: key } : { queue: key.slice(0, end), virtualHost: key.slice(end + 2) };
}

function decodeRabbitMqMessage(raw: PlainObject, attributes: SourceRecord['attributes'], place: Place): SourceRecord {
  return {
    raw,
    // Brokers give none: it is there when the sender has set one.
    id: asString(asJsonObject(raw['basicProperties'])['messageId']) ?? '',
    attributes,
    content: () => Buffer.from(textAt(raw, 'data', place), 'base64'),
  };
}

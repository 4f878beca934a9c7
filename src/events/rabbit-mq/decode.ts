import type { SourceRecord } from '../../contracts/record-adapter.js';
import { decodeRecords } from '../decode-records.js';
import type { RabbitMqEvent, RabbitMqMessage } from './event.js';

export function decodeRabbitMq({ rmqMessagesByQueue }: RabbitMqEvent): SourceRecord[] {
  return Object.entries(rmqMessagesByQueue).flatMap(([key, messages]) => {
    const attributes = attributesOf(key);
    return decodeRecords(messages ?? [], (raw) => decodeMessage(raw, attributes));
  });
}

/** A queue's name may hold colons, a virtual host's too; the first pair of them parts the two. */
function attributesOf(key: string): SourceRecord['attributes'] {
  const end = key.indexOf('::');
  return end === -1 ? { queue: key } : { queue: key.slice(0, end), virtualHost: key.slice(end + 2) };
}

function decodeMessage(raw: RabbitMqMessage, attributes: SourceRecord['attributes']): SourceRecord {
  return {
    raw,
    // Brokers give none: it is there when the sender has set one.
    id: raw.basicProperties?.messageId ?? '',
    attributes,
    content: () => Buffer.from(raw.data ?? '', 'base64'),
  };
}

import type { SourceRecord } from '../../contracts/record-adapter.js';
import type { PlainObject } from '../../shared/types.js';
import { asRecord } from '../as-record.js';
import { asString } from '../as-string.js';
import { decodeRecords } from '../decode-records.js';
import { keyed, type Place, textAt } from '../place.js';
import type { RabbitMqEvent } from './event.js';

export function decodeRabbitMq({ rmqMessagesByQueue }: RabbitMqEvent): readonly SourceRecord[] {
  return Object.entries(rmqMessagesByQueue).flatMap(([key, messages]) => {
    const attributes = attributesOf(key);
    const path = keyed('rmqMessagesByQueue', key);
    return decodeRecords(messages, { path }, (raw, place) => decodeMessage(raw, attributes, place));
  });
}

/** A queue's name may hold colons, a virtual host's too; the first pair of them parts the two. */
function attributesOf(key: string): SourceRecord['attributes'] {
  const end = key.indexOf('::');
  return end === -1 ? { queue: key } : { queue: key.slice(0, end), virtualHost: key.slice(end + 2) };
}

function decodeMessage(raw: PlainObject, attributes: SourceRecord['attributes'], place: Place): SourceRecord {
  return {
    raw,
    // Brokers give none: it is there when the sender has set one.
    id: asString(asRecord(raw['basicProperties'])['messageId']) ?? '',
    attributes,
    content: () => Buffer.from(textAt(raw, 'data', place), 'base64'),
  };
}

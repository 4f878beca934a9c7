import type { SourceRecord } from '../../contracts/record-adapter.js';
import type { PlainObject } from '../../shared/types.js';
import { asRecord } from '../as-record.js';
import { asString } from '../as-string.js';
import { decodeRecords } from '../decode-records.js';
import { type Place, textAt } from '../place.js';
import type { ActiveMqEvent } from './event.js';

export function decodeActiveMq(event: ActiveMqEvent): readonly SourceRecord[] {
  return decodeRecords(event.messages, { path: 'messages' }, decodeMessage);
}

function decodeMessage(raw: PlainObject, place: Place): SourceRecord {
  const { physicalName, physicalname } = asRecord(raw['destination']);
  return {
    raw,
    id: asString(raw['messageID']) ?? '',
    // One of AWS's own samples has the second spelling.
    attributes: { queue: asString(physicalName) ?? asString(physicalname) ?? '' },
    content: () => Buffer.from(textAt(raw, 'data', place), 'base64'),
  };
}

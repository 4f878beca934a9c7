import type { SourceRecord } from '../../contracts/record-adapter.js';
import { decodeRecords } from '../decode-records.js';
import type { ActiveMqEvent, ActiveMqMessage } from './event.js';

export function decodeActiveMq(event: ActiveMqEvent): SourceRecord[] {
  return decodeRecords(event.messages, decodeMessage);
}

// One of AWS's own samples spells it this way.
type Destination = { physicalName?: string; physicalname?: string } | null | undefined;

function decodeMessage(raw: ActiveMqMessage): SourceRecord {
  const { messageID, destination, data }: Partial<ActiveMqMessage> = raw;
  const { physicalName, physicalname } = (destination as Destination) ?? {};
  return {
    raw,
    id: messageID ?? '',
    attributes: { queue: physicalName ?? physicalname ?? '' },
    content: () => Buffer.from(data ?? '', 'base64'),
  };
}

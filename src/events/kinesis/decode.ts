import type { KinesisStreamEvent } from 'aws-lambda';
import type { SourceRecord } from '../../contracts/record-adapter.js';
import type { PlainObject } from '../../shared/types.js';
import { nameInArn } from '../arn.js';
import { asRecord } from '../as-record.js';
import { asString } from '../as-string.js';
import { decodeRecords } from '../decode-records.js';
import { type Place, textAt } from '../place.js';

export function decodeKinesis(event: KinesisStreamEvent): readonly SourceRecord[] {
  return decodeRecords(event.Records, { path: 'Records', group: '' }, decodeRecord);
}

function decodeRecord(raw: PlainObject, place: Place): SourceRecord {
  const kinesis = asRecord(raw['kinesis']);
  return {
    raw,
    id: asString(kinesis['sequenceNumber']) ?? '',
    attributes: { stream: nameInArn(raw['eventSourceARN'], 'stream') },
    // `shardId-000000000006:4959…`
    group: asString(raw['eventID'])?.split(':', 1)[0] ?? '',
    content: () => Buffer.from(textAt(kinesis, 'data', place, 'kinesis'), 'base64'),
  };
}

import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import type { SourceRecord } from '../../contracts/record-adapter.js';
import { nameInArn } from '../arn.js';
import { decodeRecords } from '../decode-records.js';

export function decodeKinesis(event: KinesisStreamEvent): SourceRecord[] {
  return decodeRecords(event.Records, decodeRecord);
}

function decodeRecord(raw: KinesisStreamRecord): SourceRecord {
  const { eventID, eventSourceARN, kinesis }: Partial<KinesisStreamRecord> = raw;
  return {
    raw,
    id: kinesis?.sequenceNumber ?? '',
    attributes: { stream: nameInArn(eventSourceARN, 'stream') },
    // `shardId-000000000006:4959…`
    group: eventID?.split(':', 1)[0] ?? '',
    content: () => Buffer.from(kinesis?.data ?? '', 'base64'),
  };
}

import type { KinesisStreamEvent } from 'aws-lambda';
import type { RecordAdapter, SourceRecord } from '../contracts/event-adapter.js';
import { asJsonObject, asString, isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { mayBeAggregated, type UserRecord, userRecordsIn } from './reading/aggregated-record.js';
import { attributeOfArns, nameInArn } from './reading/arn.js';
import { decodeRecords, recordService } from './reading/decode-records.js';
import { type Place, textAt } from './reading/malformed-event.js';
import { encodeStream, inWindow, isWindowOf } from './results/tumbling-window.js';

/** Kinesis data streams. */
export const kinesis: RecordAdapter<KinesisStreamEvent> = {
  source: 'kinesis',
  batches: true,
  inWindow,
  detect: detectKinesis,
  decode: decodeKinesis,
  encode: encodeStream,
};

function detectKinesis(event: unknown): event is KinesisStreamEvent {
  return isJsonObject(event) && (recordService(event) === 'aws:kinesis' || isWindowOf('kinesis', event));
}

function decodeKinesis(event: KinesisStreamEvent): readonly SourceRecord[] {
  const streamOf = attributeOfArns('stream', (arn) => nameInArn(arn, 'stream'));
  const records = decodeRecords(event.Records, { path: 'Records', group: '' }, (raw, place) =>
    decodeRecord(raw, place, streamOf(raw['eventSourceARN'])),
  );
  return records.some(({ raw }) => mayBeAggregated(dataOf(raw))) ? records.flatMap(separateRecords) : records;
}

function dataOf(raw: unknown): unknown {
  return asJsonObject(asJsonObject(raw)['kinesis'])['data'];
}

/**
 * Returns the records that a producer aggregated into one, each with the identifier of the whole: Kinesis can only send
 * all of them again.
 */
function separateRecords(record: SourceRecord): SourceRecord | SourceRecord[] {
  const data = dataOf(record.raw);
  if (!mayBeAggregated(data)) return record;
  try {
    return userRecordsIn(data)?.map((one, index) => separateRecord(record, one, index)) ?? record;
  } catch (error) {
    return { ...record, malformed: error as Error };
  }
}

function separateRecord(whole: SourceRecord, { partitionKey, data }: UserRecord, index: number): SourceRecord {
  const raw = whole.raw as PlainObject;
  const own = { partitionKey, subSequenceNumber: index, data: data.toString('base64') };
  return {
    ...whole,
    raw: { ...raw, kinesis: { ...asJsonObject(raw['kinesis']), ...own } },
    id: `${whole.id}.${index}`,
    identifier: whole.id,
    content: () => data,
  };
}

function decodeRecord(raw: PlainObject, place: Place, attributes: SourceRecord['attributes']): SourceRecord {
  const data = asJsonObject(raw['kinesis']);
  return {
    raw,
    id: asString(data['sequenceNumber']) ?? '',
    attributes,
    // The shard, as in `shardId-000000000006:4959…`.
    group: asString(raw['eventID'])?.split(':', 1)[0] ?? '',
    content: () => Buffer.from(textAt(data, 'data', place, 'kinesis'), 'base64'),
  };
}

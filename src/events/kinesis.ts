import type { KinesisStreamEvent } from 'aws-lambda';
import type { RecordAdapter, SourceRecord } from '../contracts/event-adapter.js';
import { asJsonObject, asString, isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { nameInArn, oncePerArn } from './reading/arn.js';
import { decodeRecords, recordService } from './reading/decode-records.js';
import { type Place, textAt } from './reading/malformed-event.js';
import { encodeStream, inWindow, isWindowOf } from './tumbling-window.js';

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
  const streamOf = oncePerArn((arn) => ({ stream: nameInArn(arn, 'stream') }));
  return decodeRecords(event.Records, { path: 'Records', group: '' }, (raw, place) =>
    decodeRecord(raw, place, streamOf(raw['eventSourceARN'])),
  );
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

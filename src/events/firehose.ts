import type { FirehoseTransformationEvent, FirehoseTransformationResult } from 'aws-lambda';
import type { RecordAdapter, RecordOutcome, SourceRecord } from '../contracts/event-adapter.js';
import { isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { attributeOfArns, nameInArn } from './reading/arn.js';
import { decodeRecords } from './reading/decode-records.js';
import { type Place, textAt } from './reading/malformed-event.js';
import { encodeTransformation, type FirehoseTransformation } from './results/firehose-result.js';

/**
 * Data transformation of Amazon Data Firehose: what a consumer returns for a record goes on to the destination.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
 */
export const firehose: RecordAdapter<FirehoseTransformationEvent> = {
  source: 'firehose',
  batches: true,
  awaited: true,
  detect: detectFirehose,
  decode: decodeFirehose,
  encodeResult: encodeTransformation,
  encode: encodeFirehose,
};

function detectFirehose(event: unknown): event is FirehoseTransformationEvent {
  return isJsonObject(event) && typeof event['deliveryStreamArn'] === 'string' && 'records' in event;
}

function decodeFirehose({ deliveryStreamArn, records }: FirehoseTransformationEvent): readonly SourceRecord[] {
  const streamOf = attributeOfArns('stream', (arn) => nameInArn(arn, 'deliverystream'));
  return decodeRecords(records, { path: 'records' }, (raw, place) =>
    decodeRecord(raw, place, streamOf(deliveryStreamArn)),
  );
}

function decodeRecord(raw: PlainObject, place: Place, attributes: SourceRecord['attributes']): SourceRecord {
  const id = raw['recordId'];
  return {
    raw,
    id: typeof id === 'string' ? id : '',
    attributes,
    content: () => Buffer.from(textAt(raw, dataMember(raw), place), 'base64'),
  };
}

/** Records of a stream whose source is Amazon MSK have their data, before and after, under another name. */
function dataMember(raw: unknown): 'data' | 'kafkaRecordValue' {
  return isJsonObject(raw) && 'kafkaRecordValue' in raw ? 'kafkaRecordValue' : 'data';
}

type Results = FirehoseTransformationResult['records'];

/** The limit of Lambda for the result of an invocation, in bytes. */
const RESULT_LIMIT = 6 * 1024 * 1024;

/**
 * Gives a transformation for every record, in order.
 *
 * @throws Error for a record without `recordId`, and for a result that is larger than Lambda's limit: the invocation
 *   fails, and with it all of its records.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-status-model.html
 */
function encodeFirehose(
  outcomes: readonly RecordOutcome[],
  records: readonly SourceRecord[],
): FirehoseTransformationResult {
  const results = records.map((record, index) => resultOf(record, outcomes[index], index));
  const bytes = results.reduce((sum, result) => sum + bytesOf(result), 0);
  if (bytes <= RESULT_LIMIT) return { records: results };
  throw new Error(
    `The result for Firehose has ${bytes} bytes, but Lambda takes 6 MB (${RESULT_LIMIT} bytes) at most. Lower the ` +
      "stream's BufferSizeInMBs, or return less data for a record: base64 adds a third.",
  );
}

function resultOf({ id, raw }: SourceRecord, outcome: RecordOutcome | undefined, index: number): Results[number] {
  if (id === '') {
    const cause = outcome?.failed ? outcome.error : undefined;
    throw new Error(`records[${index}] has no recordId, so no transformation can name it: the invocation fails`, {
      cause,
    });
  }
  if (!outcome || outcome.failed) return { recordId: id, result: 'ProcessingFailed' };
  const { data, ...transformation } = outcome.value as FirehoseTransformation;
  return { recordId: id, ...transformation, ...(data !== undefined && { [dataMember(raw)]: data }) };
}

/** Base64 is ASCII: only the rest has to be written to be counted. A comma follows. */
function bytesOf(result: Results[number]): number {
  const { kafkaRecordValue = '', data = kafkaRecordValue, ...rest } = result as typeof result & KafkaValue;
  return Buffer.byteLength(JSON.stringify(rest)) + '"kafkaRecordValue":"",,'.length + data.length;
}

interface KafkaValue {
  readonly kafkaRecordValue?: string;
}

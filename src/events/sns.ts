import type { SNSEvent } from 'aws-lambda';
import type { RecordAdapter, SourceRecord } from '../contracts/event-adapter.js';
import { asJsonObject, asString, isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { lastOfArn } from './reading/arn.js';
import { decodeRecords, recordService } from './reading/decode-records.js';
import { type Place, textAt } from './reading/malformed-event.js';
import { rejectFailures } from './results/batch-item-failures.js';

/** SNS topics. Lambda gets one notification at a time, and retries a failed invocation. */
export const sns: RecordAdapter<SNSEvent> = {
  source: 'sns',
  batches: false,
  detect: detectSns,
  decode: decodeSns,
  encode: rejectFailures,
};

function detectSns(event: unknown): event is SNSEvent {
  return isJsonObject(event) && recordService(event) === 'aws:sns';
}

function decodeSns(event: SNSEvent): readonly SourceRecord[] {
  return decodeRecords(event.Records, { path: 'Records' }, decodeRecord);
}

function decodeRecord(raw: PlainObject, place: Place): SourceRecord {
  const message = asJsonObject(raw['Sns']);
  return {
    raw,
    id: asString(message['MessageId']) ?? '',
    attributes: { topic: lastOfArn(message['TopicArn']) },
    content: () => textAt(message, 'Message', place, 'Sns'),
  };
}

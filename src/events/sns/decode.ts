import type { SNSEvent } from 'aws-lambda';
import type { SourceRecord } from '../../contracts/record-adapter.js';
import type { PlainObject } from '../../shared/types.js';
import { lastOfArn } from '../arn.js';
import { asRecord } from '../as-record.js';
import { asString } from '../as-string.js';
import { decodeRecords } from '../decode-records.js';
import { type Place, textAt } from '../place.js';

export function decodeSns(event: SNSEvent): readonly SourceRecord[] {
  return decodeRecords(event.Records, { path: 'Records' }, decodeRecord);
}

function decodeRecord(raw: PlainObject, place: Place): SourceRecord {
  const message = asRecord(raw['Sns']);
  return {
    raw,
    id: asString(message['MessageId']) ?? '',
    attributes: { topic: lastOfArn(message['TopicArn']) },
    content: () => textAt(message, 'Message', place, 'Sns'),
  };
}

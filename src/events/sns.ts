import type { SNSEvent, SNSMessage } from 'aws-lambda';
import type { RecordAdapter, SourceRecord } from '../contracts/event-adapter.js';
import { asJsonObject, asString, isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { rejectFailures } from './batch-item-failures.js';
import { lastOfArn } from './reading/arn.js';
import { decodeRecords, recordService } from './reading/decode-records.js';
import { type Place, textAt } from './reading/malformed-event.js';

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

/** The message that SNS puts into a queue without raw message delivery. Two member names differ from the event's. */
interface SnsEnvelope extends PlainObject {
  Type: 'Notification';
  MessageId: string;
  TopicArn: string;
  Message: string;
}

/** Whether the content of a message is a notification that SNS has put into the queue. */
export function isSnsEnvelope(value: unknown): value is SnsEnvelope {
  if (!isJsonObject(value)) return false;
  return (
    value['Type'] === 'Notification' && typeof value['TopicArn'] === 'string' && typeof value['Message'] === 'string'
  );
}

/**
 * Returns the event that Lambda would get from the topic itself rather than from a queue (AWS: "Parsing message
 * formats" of SNS).
 */
export function eventOfEnvelope({ SigningCertURL, UnsubscribeURL, ...message }: SnsEnvelope): SNSEvent {
  const { TopicArn } = message;
  const Sns = { ...message, SigningCertUrl: SigningCertURL, UnsubscribeUrl: UnsubscribeURL };
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        // The envelope lacks the subscription's id.
        EventSubscriptionArn: TopicArn,
        Sns: Sns as unknown as SNSMessage,
      },
    ],
  };
}

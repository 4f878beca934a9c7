import type { SNSEvent, SNSMessage } from 'aws-lambda';
import { isRecord } from '../is-record.js';
import type { PlainObject } from '../../shared/types.js';

/** What SNS puts into a queue that doesn't ask for raw delivery. The names of two members differ from the event's. */
interface SnsEnvelope extends PlainObject {
  Type: 'Notification';
  MessageId: string;
  TopicArn: string;
  Message: string;
}

export function isSnsEnvelope(value: unknown): value is SnsEnvelope {
  if (!isRecord(value)) return false;
  return value['Type'] === 'Notification' && typeof value['TopicArn'] === 'string' && typeof value['Message'] === 'string';
}

/** The event that Lambda would be given if the topic had called it, and not a queue (AWS: "Parsing message formats" of SNS). */
export function eventOfEnvelope({ SigningCertURL, UnsubscribeURL, ...message }: SnsEnvelope): SNSEvent {
  const { TopicArn } = message;
  const Sns = { ...message, SigningCertUrl: SigningCertURL, UnsubscribeUrl: UnsubscribeURL };
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        // The envelope doesn't tell the subscription's id.
        EventSubscriptionArn: TopicArn,
        Sns: Sns as unknown as SNSMessage,
      },
    ],
  };
}

import type { SNSEvent, SNSMessage } from 'aws-lambda';
import { isJsonObject } from '../../shared/json-values.js';
import type { PlainObject } from '../../shared/types.js';

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

import { randomUUID } from 'node:crypto';
import type { SNSEvent, SNSEventRecord } from 'aws-lambda';
import { type SampleChanges, sampleRecords, textContent } from './records.js';

/** Builds notifications of a topic. Lambda gets one at a time, but a test may want several. */
export function sampleSns(
  topic: string,
  messages: readonly unknown[],
  changes?: SampleChanges<SNSEventRecord>,
): SNSEvent {
  return { Records: sampleRecords(messages, (message) => sampleNotification(topic, textContent(message)), changes) };
}

/** Builds the text of the message that SNS puts into a queue without raw message delivery. */
export function sampleSnsEnvelope(topic: string, message: unknown): string {
  const { SigningCertUrl, UnsubscribeUrl, ...rest } = sampleNotification(topic, textContent(message)).Sns;
  return JSON.stringify({ ...rest, SigningCertURL: SigningCertUrl, UnsubscribeURL: UnsubscribeUrl });
}

function sampleNotification(topic: string, message: string): SNSEventRecord {
  const arn = `arn:aws:sns:us-east-1:123456789012:${topic}`;
  const subscription = `${arn}:${randomUUID()}`;
  return {
    EventSource: 'aws:sns',
    EventVersion: '1.0',
    EventSubscriptionArn: subscription,
    Sns: {
      Type: 'Notification',
      MessageId: randomUUID(),
      TopicArn: arn,
      Subject: 'Sample',
      Message: message,
      Timestamp: new Date().toISOString(),
      SignatureVersion: '1',
      Signature: 'EXAMPLE',
      SigningCertUrl: 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0000000000000000000000.pem',
      UnsubscribeUrl: `https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscription}`,
      MessageAttributes: {},
    },
  };
}

import type { SNSEvent, SNSEventRecord, SNSMessage } from 'aws-lambda';
import type { SourceRecord } from '../../contracts/record-adapter.js';
import { lastOfArn } from '../arn.js';

export function decodeSns(event: SNSEvent): SourceRecord[] {
  return event.Records.map(decodeRecord);
}

function decodeRecord(raw: SNSEventRecord | null): SourceRecord {
  const { MessageId, TopicArn, Message }: Partial<SNSMessage> = raw?.Sns ?? {};
  return {
    raw,
    id: MessageId ?? '',
    attributes: { topic: lastOfArn(TopicArn) },
    content: () => Message ?? '',
  };
}

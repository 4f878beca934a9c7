import type { SNSEvent, SNSEventRecord, SNSMessage } from 'aws-lambda';
import type { SourceRecord } from '../../contracts/record-adapter.js';
import { lastOfArn } from '../arn.js';
import { decodeRecords } from '../decode-records.js';

export function decodeSns(event: SNSEvent): SourceRecord[] {
  return decodeRecords(event.Records, decodeRecord);
}

function decodeRecord(raw: SNSEventRecord): SourceRecord {
  const { MessageId, TopicArn, Message }: Partial<SNSMessage> = raw.Sns ?? {};
  return {
    raw,
    id: MessageId ?? '',
    attributes: { topic: lastOfArn(TopicArn) },
    content: () => Message ?? '',
  };
}

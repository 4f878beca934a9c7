import type { MSKEvent, MSKRecord } from 'aws-lambda';
import type { KafkaRecord } from '../events/kafka.js';
import { base64Content, type SampleChanges, sampleRecords } from './records.js';

/**
 * Builds records of a topic on MSK, in partition 0 unless changed; `null` is a tombstone. Changes of keys and values
 * are in base64, as in the event.
 */
export function sampleKafka(
  topic: string,
  contents: readonly unknown[],
  changes?: SampleChanges<KafkaRecord>,
): MSKEvent {
  const records = sampleRecords(contents, (content, index) => sampleRecord(topic, content, index), changes);
  return {
    eventSource: 'aws:kafka',
    eventSourceArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/sample/4a6b2f1c-6d1b-4a6b-9c55-0d3f5a1b7c11-4',
    bootstrapServers: 'b-1.sample.a1bcde.c1.kafka.us-east-1.amazonaws.com:9092',
    records: byPartition(records as MSKRecord[]),
  };
}

function byPartition(records: readonly MSKRecord[]): MSKEvent['records'] {
  const partitions: MSKEvent['records'] = {};
  for (const record of records) (partitions[`${record.topic}-${record.partition}`] ??= []).push(record);
  return partitions;
}

function sampleRecord(topic: string, content: unknown, index: number): KafkaRecord {
  return {
    topic,
    partition: 0,
    offset: 15 + index,
    timestamp: Date.now(),
    timestampType: 'CREATE_TIME',
    key: base64Content('key'),
    value: content === null ? null : base64Content(content),
    headers: [],
  };
}

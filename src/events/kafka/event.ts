import type { MSKEvent, MSKRecord, SelfManagedKafkaEvent } from 'aws-lambda';

/** What Lambda delivers from Kafka, on MSK or of one's own. */
export type KafkaEvent = MSKEvent | SelfManagedKafkaEvent;

/** As Lambda delivers it: key and value in base64, the bytes of headers as signed numbers. A tombstone has no value. */
export interface KafkaRecord extends Omit<MSKRecord, 'key' | 'value'> {
  key?: string | null;
  value?: string | null;
}

import type { RecordAdapter } from '../contracts/record-adapter.js';
import { activeMq } from './active-mq/adapter.js';
import { authorizer } from './authorizer/adapter.js';
import { dynamoDb } from './dynamodb/adapter.js';
import { empty } from './empty/adapter.js';
import { eventBridge } from './eventbridge/adapter.js';
import { kafka } from './kafka/adapter.js';
import { kinesis } from './kinesis/adapter.js';
import { rabbitMq } from './rabbit-mq/adapter.js';
import { s3 } from './s3/adapter.js';
import { schedule } from './schedule/adapter.js';
import { sns } from './sns/adapter.js';
import { sqs } from './sqs/adapter.js';
import { webSocket } from './websocket/adapter.js';

/**
 * Every source of records, the commonest first. Only what comes through EventBridge has the shape of two sources:
 * the narrower one is asked first, a schedule or S3 before EventBridge itself.
 */
export const recordAdapters: readonly RecordAdapter[] = [
  sqs,
  sns,
  dynamoDb,
  kinesis,
  kafka,
  activeMq,
  rabbitMq,
  s3,
  schedule,
  eventBridge,
  webSocket,
  authorizer,
  empty,
];

/** The sources that an event has the shape of; none for every other event and value. */
export function detectRecordAdapters(event: unknown): readonly RecordAdapter[] {
  return recordAdapters.filter((adapter) => adapter.detect(event));
}

import type { RecordAdapter } from '../contracts/event-adapter.js';
import { appSyncBatch, appSyncResolver } from './appsync.js';
import { authorizer } from './authorizer.js';
import { cognitoTrigger } from './cognito.js';
import { customResource } from './custom-resource.js';
import { directInvocation } from './direct-invocation.js';
import { dynamoDb } from './dynamodb.js';
import { empty } from './empty.js';
import { eventBridge } from './eventbridge.js';
import { iotAuthorizer } from './iot-authorizer.js';
import { kafka } from './kafka.js';
import { kinesis } from './kinesis.js';
import { activeMq, rabbitMq } from './mq.js';
import { s3 } from './s3.js';
import { schedule } from './schedule.js';
import { ses } from './ses.js';
import { sns } from './sns.js';
import { sqs } from './sqs.js';
import { webSocket } from './websocket.js';

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

/** Events for `@OnEvent` whose senders wait for an answer in a form of their own. */
const senders: readonly RecordAdapter[] = [
  cognitoTrigger,
  appSyncResolver,
  appSyncBatch,
  customResource,
  iotAuthorizer,
  ses,
];

/** Who is answered where `@OnEvent` takes an event: by its shape, whatever the method's predicate looks at. */
export function directAdapterOf(event: unknown): RecordAdapter {
  return senders.find((sender) => sender.detect(event)) ?? directInvocation;
}

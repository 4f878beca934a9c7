import type { RecordAdapter } from '../../contracts/event-adapter.js';
import { alarm } from '../alarm.js';
import { appSyncBatch, appSyncResolver } from '../appsync.js';
import { authorizer } from '../authorizer.js';
import { cognitoTrigger } from '../cognito.js';
import { customResource } from '../custom-resource.js';
import { directInvocation } from '../direct-invocation.js';
import { dynamoDb } from '../dynamodb.js';
import { empty } from '../empty.js';
import { eventBridge } from '../eventbridge.js';
import { firehose } from '../firehose.js';
import { iotAuthorizer } from '../iot-authorizer.js';
import { kafka } from '../kafka.js';
import { kinesis } from '../kinesis.js';
import { activeMq, rabbitMq } from '../mq.js';
import { s3Batch } from '../s3-batch.js';
import { s3 } from '../s3.js';
import { schedule } from '../schedule.js';
import { ses } from '../ses.js';
import { sns } from '../sns.js';
import { sqs } from '../sqs.js';
import { webSocket } from '../websocket.js';

/**
 * Every source of records, the most common first. EventBridge events can match two sources, so the narrower ones
 * (schedules, S3) come before EventBridge itself.
 *
 * To add a source, write `events/<source>.ts` (detect, decode, encode), add its line here, and write a sample event in
 * `samples/<source>.ts`, which `testing/events.ts` offers to tests. `test/events/every-source.test.ts` fails until
 * then. Nothing else decodes its records or encodes their outcomes. A decorator such as `@OnSqs` is one more line in
 * `decorators/consumers.ts`, with the name that `context.getType()` returns in `shared/event-types.ts`.
 */
export const recordAdapters: readonly RecordAdapter[] = [
  sqs,
  sns,
  dynamoDb,
  kinesis,
  firehose,
  kafka,
  activeMq,
  rabbitMq,
  s3,
  schedule,
  eventBridge,
  alarm,
  webSocket,
  authorizer,
  empty,
];

/**
 * Returns the sources to ask about events, for an application that has consumers for some of them.
 *
 * What came through EventBridge may have the shape of a narrower source, too, so all are asked where EventBridge is.
 */
export function adaptersFor(hasConsumers: (source: string) => boolean): readonly RecordAdapter[] {
  return hasConsumers(eventBridge.source)
    ? recordAdapters
    : recordAdapters.filter(({ source }) => hasConsumers(source));
}

/**
 * Returns the sources whose shape an event has, the narrower one first; none for every other event and value. The first
 * source that takes the event ends the search, except that EventBridge is asked about what came through it.
 */
export function detectRecordAdapters(event: unknown): readonly RecordAdapter[] {
  return detectAmong(recordAdapters, event);
}

/** Asks some sources as {@link detectRecordAdapters} asks all of them. */
export function detectAmong(asked: readonly RecordAdapter[], event: unknown): readonly RecordAdapter[] {
  const adapter = asked.find((one) => one.detect(event));
  if (!adapter) return [];
  const mayComeThroughBus = adapter !== eventBridge && asked.includes(eventBridge);
  return mayComeThroughBus && eventBridge.detect(event) ? [adapter, eventBridge] : [adapter];
}

/**
 * Sources for `@OnEvent` that expect a result in a format of their own. Adding one takes the same three steps as
 * above, with the line here.
 */
export const directAdapters: readonly RecordAdapter[] = [
  cognitoTrigger,
  appSyncResolver,
  appSyncBatch,
  customResource,
  iotAuthorizer,
  ses,
  s3Batch,
];

/**
 * Returns the adapter that encodes the result of an `@OnEvent` method. The event's shape decides, whatever the method's
 * predicate checks.
 */
export function directAdapterOf(event: unknown): RecordAdapter {
  return directAdapters.find((adapter) => adapter.detect(event)) ?? directInvocation;
}

/** Sources whose records nobody waits for an answer to: what fails is tried again. */
const RECORD_TYPES = ['sqs', 'sns', 'mq', 'kinesis', 'dynamodb', 'kafka', 'eventbridge', 'schedule', 's3'] as const;
const OTHER_TYPES = ['http', 'websocket', 'authorizer', 'event'] as const;

/** What `context.getType()` says; `event` is that of `@OnEvent`. */
export type EventType = (typeof OTHER_TYPES)[number] | (typeof RECORD_TYPES)[number];

/** A type of event, or `record` for those of all queues, topics, streams, buses, buckets and schedules. */
export type EventKind = EventType | 'record';

export const EVENT_KINDS: readonly EventKind[] = ['http', 'record', 'websocket', 'authorizer', 'event', ...RECORD_TYPES];

/** The types of event that kinds stand for. */
export function eventTypes(kinds: readonly EventKind[]): ReadonlySet<EventType> {
  return new Set(kinds.flatMap((kind) => (kind === 'record' ? RECORD_TYPES : [kind])));
}

/** Whether a source sends records, for whose answers nobody waits. */
export function isRecordType(type: string): boolean {
  return (RECORD_TYPES as readonly string[]).includes(type);
}

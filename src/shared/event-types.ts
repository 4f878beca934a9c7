/** Sources whose records nobody waits for an answer to: what fails is tried again. */
const RECORD_TYPES = ['sqs', 'sns', 'mq', 'kinesis', 'dynamodb', 'kafka', 'eventbridge', 'schedule', 's3'] as const;
const OTHER_TYPES = ['http', 'websocket', 'authorizer', 'event'] as const;

/** What `context.getType()` says; `event` is that of `@OnEvent`. */
export type EventType = (typeof OTHER_TYPES)[number] | (typeof RECORD_TYPES)[number];

/** A type of event, or `record` for those of all queues, topics, streams, buses, buckets and schedules. */
export type EventKind = EventType | 'record';

export const EVENT_KINDS: readonly EventKind[] = [
  'http',
  'record',
  'websocket',
  'authorizer',
  'event',
  ...RECORD_TYPES,
];

/** The types of event that kinds stand for. */
export function eventTypes(kinds: readonly EventKind[]): ReadonlySet<EventType> {
  return new Set(kinds.flatMap((kind) => (kind === 'record' ? RECORD_TYPES : [kind])));
}

/** Whether a source sends records, for whose answers nobody waits. */
export function isRecordType(type: string): boolean {
  return (RECORD_TYPES as readonly string[]).includes(type);
}

/** Sources whose messages may carry events of other sources, and the attribute that names where a message was. */
export const CARRIERS = { sqs: 'queue', mq: 'queue', sns: 'topic' } as const;

/** A source whose messages may carry events of other sources. */
export type Carrier = keyof typeof CARRIERS;

/** In messages of a queue, of SQS or of Amazon MQ, by its name. */
export type ViaQueue = { readonly sqs: string; readonly mq?: never } | { readonly mq: string; readonly sqs?: never };

/**
 * In whose messages an event comes, by their names: `{ sqs: 'uploads' }` for a queue, `{ sns: 'uploads' }` for a topic,
 * `{ sns: 'uploads', sqs: 'thumbnails' }` for a topic to which a queue is subscribed.
 */
export type Via =
  | (ViaQueue & { readonly sns?: string })
  | { readonly sns: string; readonly sqs?: never; readonly mq?: never };

/** One step on the way of an event: the messages of one queue or topic. */
export interface Carriage {
  readonly source: Carrier;
  readonly name: string;
}

/** From what Lambda delivers inwards: a topic's notifications come in a queue's messages, never the other way. */
export function wayOf(via: Via | undefined): readonly Carriage[] {
  if (!via) return [];
  return (Object.keys(CARRIERS) as Carrier[]).flatMap((source) => {
    const name = via[source];
    return name === undefined ? [] : [{ source, name }];
  });
}

/** For messages, as in `sqs "thumbnails", sns "uploads"`. */
export function labelOfVia(via: Via): string {
  return wayOf(via)
    .map(({ source, name }) => `${source} "${name}"`)
    .join(', ');
}

/** Sources that send records: no user waits for a result, and AWS retries or keeps what fails. */
const RECORD_TYPES = [
  'sqs',
  'sns',
  'mq',
  'kinesis',
  'firehose',
  'dynamodb',
  'kafka',
  'eventbridge',
  'schedule',
  's3',
  'alarm',
] as const;
const OTHER_TYPES = ['http', 'websocket', 'authorizer', 'event'] as const;

/** The type of an event, as `context.getType()` returns it. `event` is the type for `@OnEvent`. */
export type EventType = (typeof OTHER_TYPES)[number] | (typeof RECORD_TYPES)[number];

/** A type of event, or `record` for all types of queues, topics, streams, buses, buckets, schedules and alarms. */
export type EventKind = EventType | 'record';

export const EVENT_KINDS: readonly EventKind[] = [
  'http',
  'record',
  'websocket',
  'authorizer',
  'event',
  ...RECORD_TYPES,
];

/** Returns the types of event that kinds stand for. */
export function eventTypes(kinds: readonly EventKind[]): ReadonlySet<EventType> {
  return new Set(kinds.flatMap((kind) => (kind === 'record' ? RECORD_TYPES : [kind])));
}

/** Whether a source sends records, whose results no user waits for. */
export function isRecordType(type: string): boolean {
  return (RECORD_TYPES as readonly string[]).includes(type);
}

/** Sources whose messages may carry events of other sources, with the attribute that names the queue or topic. */
export const CARRIERS = { sqs: 'queue', mq: 'queue', sns: 'topic' } as const;

/** A source whose messages may carry events of other sources. */
export type Carrier = keyof typeof CARRIERS;

/** The name of the SQS or Amazon MQ queue whose messages carry an event. */
export type ViaQueue = { readonly sqs: string; readonly mq?: never } | { readonly mq: string; readonly sqs?: never };

/**
 * The queue or topic whose messages carry an event: `{ sqs: 'uploads' }` for a queue, `{ sns: 'uploads' }` for a topic,
 * `{ sns: 'uploads', sqs: 'thumbnails' }` for a queue subscribed to a topic.
 */
export type Via =
  | (ViaQueue & { readonly sns?: string })
  | { readonly sns: string; readonly sqs?: never; readonly mq?: never };

/** One carrier of an event: the messages of a queue or topic. */
export interface Carriage {
  readonly source: Carrier;
  readonly name: string;
}

/** Lists the carriers of an event, outermost first: queues carry the notifications of topics, never vice versa. */
export function wayOf(via: Via | undefined): readonly Carriage[] {
  if (!via) return [];
  return (Object.keys(CARRIERS) as Carrier[]).flatMap((source) => {
    const name = via[source];
    return name === undefined ? [] : [{ source, name }];
  });
}

/** Describes the carriers for error messages, as in `sqs "thumbnails", sns "uploads"`. */
export function labelOfVia(via: Via): string {
  return wayOf(via)
    .map(({ source, name }) => `${source} "${name}"`)
    .join(', ');
}

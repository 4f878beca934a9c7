import { brand } from './brand.js';
import { InjectionToken } from './token.js';

/** The kind of a destination: an SQS queue, an SNS topic, or an EventBridge bus. */
export type DestinationKind = 'queue' | 'topic' | 'bus';

/** A queue, a topic or a bus, by the name that the application calls it. */
export interface Destination {
  readonly kind: DestinationKind;
  readonly name: string;
}

/** The decorator that injects each kind, for messages. */
const DECORATORS: Readonly<Record<DestinationKind, string>> = {
  queue: 'InjectQueue',
  topic: 'InjectTopic',
  bus: 'InjectEventBus',
};

/** The token of the provider that sends to one queue, topic or bus. */
export class DestinationToken<T = unknown> extends InjectionToken<T> {
  constructor(readonly destination: Destination) {
    super(`@${DECORATORS[destination.kind]}(${JSON.stringify(destination.name)})`);
  }

  override toString(): string {
    return this.description;
  }
}
brand(DestinationToken, 'DestinationToken');

const TOKENS = Symbol.for('lambent.destinations');

// On the global object, because a decorator of one copy of the package may ask for a queue that the other one provides.
const tokens = ((globalThis as { [TOKENS]?: Map<string, DestinationToken> })[TOKENS] ??= new Map());

/** Returns the token of a queue, a topic or a bus: the same one for the same name. */
export function destinationToken<T>({ kind, name }: Destination): DestinationToken<T> {
  const key = `${kind} ${name}`;
  const token = tokens.get(key) ?? new DestinationToken({ kind, name });
  tokens.set(key, token);
  return token as DestinationToken<T>;
}

const SUFFIXES: Readonly<Record<DestinationKind, string>> = {
  queue: 'QUEUE_URL',
  topic: 'TOPIC_ARN',
  bus: 'BUS_NAME',
};

/**
 * Returns the environment variable with the URL of a queue, the ARN of a topic, or the name of a bus: for the queue
 * `order-items.fifo` it is `ORDER_ITEMS_QUEUE_URL`.
 */
export function variableOf({ kind, name }: Destination): string {
  return `${variableWords(name.replace(/\.fifo$/, ''))}_${SUFFIXES[kind]}`;
}

/** Returns a name as environment variables have it: `order-items` as `ORDER_ITEMS`. */
function variableWords(name: string): string {
  return name.replaceAll(/\W/g, '_').toUpperCase();
}

/** Whether a queue or a topic keeps the order of its groups: the names of those that do end in `.fifo`. */
export function isFifo({ name }: Destination): boolean {
  return name.endsWith('.fifo');
}

/** Names a destination in messages, as in `queue "orders"`. */
export function labelOfDestination({ kind, name }: Destination): string {
  return `${kind} ${JSON.stringify(name)}`;
}

/** Whether a destination is the bus that every account has, which needs no variable. */
export function isDefaultBus({ kind, name }: Destination): boolean {
  return kind === 'bus' && name === 'default';
}

/**
 * The place of large payloads: a bucket, by the name that the application calls it, and the beginning of their keys.
 */
export interface PayloadPlace {
  readonly name: string;
  readonly prefix: string;
}

/** Returns the environment variable with the name of a bucket: for `order-payloads` it is `ORDER_PAYLOADS_BUCKET`. */
export function bucketVariable(name: string): string {
  return `${variableWords(name)}_BUCKET`;
}

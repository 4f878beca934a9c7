import { checkCallOptions, flag, type OptionRules, wholeNumber } from '../errors/check-options.js';
import { isOptions } from '../errors/option-names.js';
import { type Destination, isFifo, labelOfDestination } from '../shared/destination.js';
import { SIZE_ATTRIBUTES } from './payloads/payload-pointer.js';
import { isAttributeName, isSendable, isSendableId } from './sendable-text.js';
import type { AttributeValue } from './sending/message-sender.js';

/** Options of one message. */
export interface SendOptions {
  /** The type of the message, if its queue, topic or bus declares `types`. On a bus, it is the `detail-type`. */
  readonly type?: string;
}

/** Options of one notification of a topic. */
export interface TopicOptions extends SendOptions {
  /** More message attributes. A message has ten at most, its type included. */
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  /** Required for FIFO: messages of one group are delivered in the order they are sent. */
  readonly groupId?: string;
  /** Required for FIFO without `contentBasedDeduplication`: the same id is taken once in five minutes. */
  readonly deduplicationId?: string;
}

/** Options of one message of a queue. */
export interface QueueOptions extends TopicOptions {
  /** Seconds until the message is delivered, up to 900. Not for FIFO queues. */
  readonly delay?: number;
}

/** A queue, a topic or a bus, as far as it decides on the options of its messages. */
export interface OptionsTarget extends Destination {
  /** The types that its messages may have; `undefined` if it declares none. */
  readonly types: readonly string[] | undefined;
  readonly contentBasedDeduplication: boolean;
  /** Set if large messages become pointers, which have an attribute of their own. */
  readonly largePayloads?: object;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const text = { expected: 'text', accepts: isText };
const attributes = {
  expected: 'an object whose values are text that is not empty, numbers or bytes',
  accepts: (value: unknown) => isOptions(value) && Object.values(value).every(isAttributeValue),
};

const RULES: OptionRules<QueueOptions> = {
  type: text,
  attributes,
  groupId: text,
  deduplicationId: text,
  delay: wholeNumber(0, 900),
};

/** Options of declarations that {@link OptionsTarget} reflects. */
export const CONTENT_BASED = { contentBasedDeduplication: flag };

const OF_KIND = {
  queue: RULES,
  topic: { type: text, attributes, groupId: text, deduplicationId: text },
  bus: { type: text },
} as const;

function isAttributeValue(value: unknown): boolean {
  return isText(value) || Number.isFinite(value) || (value instanceof Uint8Array && value.length > 0);
}

/** The attributes that this module writes itself. */
const OWN_ATTRIBUTES = ['type', 'traceparent', 'tracestate'];

/** Returns the most attributes of a message: SQS and SNS refuse an eleventh, and a pointer needs one for itself. */
export function mostAttributes({ largePayloads }: OptionsTarget): number {
  return largePayloads ? 9 : 10;
}

const ATTRIBUTE_NAMES = 'it takes up to 256 letters, digits and _ . -, and does not begin with AWS. or Amazon.';

/** In characters: that of a `detail-type` (EventBridge API reference, PutEventsRequestEntry). */
const MOST_TYPE = 128;

/**
 * Describes what a message lacks, or has in vain, by its options; `undefined` if nothing.
 *
 * @throws TypeError for an unknown option or a wrong value.
 */
export function mistakeInSendOptions(options: SendOptions, target: OptionsTarget): string | undefined {
  const where = `the options of a message to ${labelOfDestination(target)}`;
  checkCallOptions<QueueOptions>(options, OF_KIND[target.kind] as typeof RULES, where);
  const given: QueueOptions = options;
  return (
    mistakeInType(given.type, target) ??
    mistakeInAttributes(given, target) ??
    mistakeInIds(given) ??
    mistakeInOrder(given, target)
  );
}

function mistakeInType(type: string | undefined, { kind, types }: OptionsTarget): string | undefined {
  if (types && type !== undefined && !types.includes(type))
    return `the type ${JSON.stringify(type)} is not declared; declared are ${types.join(', ')}`;
  if (type !== undefined && !isSendable(type)) return 'the type has control characters';
  if (type !== undefined && kind === 'bus' && type.length > MOST_TYPE)
    return `the type has ${type.length} characters, and ${MOST_TYPE} are allowed`;
  if (type !== undefined || (!types && kind !== 'bus')) return undefined;
  const takes = types ? `: it takes ${types.join(', ')}` : ', which is the detail-type on a bus';
  return `the option type is missing${takes}`;
}

function mistakeInAttributes(
  { attributes: given = {}, type }: QueueOptions,
  target: OptionsTarget,
): string | undefined {
  const reserved = target.largePayloads ? [...OWN_ATTRIBUTES, ...SIZE_ATTRIBUTES] : OWN_ATTRIBUTES;
  const own = reserved.find((name) => Object.hasOwn(given, name));
  if (own !== undefined)
    return `the attribute ${own} is written by Lambent${own === 'type' ? ': use the option type' : ''}`;
  for (const [name, value] of Object.entries(given)) {
    if (!isAttributeName(name)) return `${JSON.stringify(name)} is not the name of an attribute: ${ATTRIBUTE_NAMES}`;
    if (typeof value === 'string' && !isSendable(value)) return `the attribute ${name} has control characters`;
  }
  const count = Object.keys(given).length + (type === undefined ? 0 : 1);
  const most = mostAttributes(target);
  return count > most ? `it has ${count} attributes, and ${most} are allowed` : undefined;
}

function mistakeInIds({ groupId, deduplicationId }: QueueOptions): string | undefined {
  const [name] = Object.entries({ groupId, deduplicationId }).find(([, id]) => id && !isSendableId(id)) ?? [];
  return (
    name && `${name} is not printable ASCII of up to 128 characters without spaces: use a hash of what it is made of`
  );
}

function mistakeInOrder({ groupId, deduplicationId, delay }: QueueOptions, target: OptionsTarget): string | undefined {
  if (!isFifo(target)) {
    return deduplicationId === undefined
      ? undefined
      : `deduplicationId is for FIFO: the name of such a ${target.kind} ends in .fifo`;
  }
  if (groupId === undefined) return `groupId is missing, which every message of a FIFO ${target.kind} needs`;
  if (deduplicationId === undefined && !target.contentBasedDeduplication)
    return `deduplicationId is missing; omit it only for a FIFO ${target.kind} with contentBasedDeduplication: true`;
  return delay === undefined ? undefined : 'delay is not for FIFO queues, whose messages have no delay of their own';
}

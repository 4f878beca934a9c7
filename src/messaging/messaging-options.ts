import type { AsyncOptions } from '../contracts/async-options.js';
import { isStandardSchema } from '../contracts/standard-schema.js';
import { BootstrapError, notThere } from '../errors/bootstrap-error.js';
import { anObject, checkOptions, type OptionRule, type OptionRules, text } from '../errors/check-options.js';
import { capital, isOptions } from '../errors/option-names.js';
import { isBranded } from '../shared/brand.js';
import { type Destination, type DestinationKind, labelOfDestination, variableOf } from '../shared/destination.js';
import { isClass } from '../shared/types.js';
import type { MessageType } from './encode-message.js';
import type { PayloadBucket } from './payloads/payload-bucket.js';
import { ANY_TYPE } from './publisher.js';
import { CONTENT_BASED } from './send-options.js';
import { CLIENTS_RULES, type MessagingClients } from './sending/aws-message-sender.js';

/** The check of the messages of one queue, topic or bus: either one class, or one for each type. */
export interface MessageDeclaration {
  /** The class of every message, or a Standard Schema. */
  readonly message?: MessageType;
  /** The class or schema of each type. Every message then names its type. */
  readonly types?: Readonly<Record<string, MessageType>>;
}

/** A queue, or a topic, with options. */
export interface QueueDeclaration extends MessageDeclaration {
  /** Whether the FIFO queue or topic uses the hash of a message as its `deduplicationId`, which is then optional. */
  readonly contentBasedDeduplication?: boolean;
  /**
   * The bucket for messages that are too large. Consumers read them with `@LargePayloads`. Default: they are refused.
   */
  readonly largePayloads?: PayloadBucket;
}

/** An EventBridge bus. */
export interface BusDeclaration extends MessageDeclaration {
  /** The source of all events that the application sends, such as `shop.orders`. */
  readonly source: string;
}

/** The queues, topics and buses that an application sends to, by their names. */
export interface MessagingDestinations {
  /** A name that ends in `.fifo` is that of a FIFO queue. */
  readonly queues?: Readonly<Record<string, MessageType | QueueDeclaration>>;
  /** A name that ends in `.fifo` is that of a FIFO topic. */
  readonly topics?: Readonly<Record<string, MessageType | QueueDeclaration>>;
  /** `default` is the bus that every account has. */
  readonly buses?: Readonly<Record<string, BusDeclaration>>;
}

/** Options of `MessagingModule.forRoot`. */
export interface MessagingOptions extends MessagingDestinations, MessagingClients {}

/** Options of `MessagingModule.forRootAsync`. `useFactory` returns the clients. */
export interface MessagingAsyncOptions extends MessagingDestinations, AsyncOptions<MessagingClients> {}

export const DESTINATION_RULES: OptionRules<MessagingDestinations> = {
  queues: anObject,
  topics: anObject,
  buses: anObject,
};
export const OPTIONS_RULES: OptionRules<MessagingOptions> = { ...DESTINATION_RULES, ...CLIENTS_RULES };

const types: OptionRule = {
  expected: 'an object with a class or a Standard Schema for each type',
  accepts: (value) => isOptions(value) && Object.keys(value).length > 0 && Object.values(value).every(isMessageType),
};

const message: OptionRule = { expected: 'a class or a Standard Schema', accepts: isMessageType };
const largePayloads: OptionRule = {
  expected: "a bucket, as in new PayloadBucket('payloads')",
  accepts: (value) => isBranded(value, 'PayloadBucket') && typeof value === 'object',
};
const QUEUE_RULES: OptionRules<QueueDeclaration> = { message, types, largePayloads, ...CONTENT_BASED };
const BUS_RULES: OptionRules<BusDeclaration> = { message, types, source: text };

function isMessageType(value: unknown): value is MessageType {
  return isClass(value) || isStandardSchema(value);
}

/** A destination as it is declared. */
export interface DeclaredDestination extends Destination {
  readonly source?: string;
  readonly largePayloads?: PayloadBucket;
  readonly contentBasedDeduplication: boolean;
  /** The names of `types`; `undefined` without them. */
  readonly types: readonly string[] | undefined;
  /** The class or schema by type; of all messages under {@link ANY_TYPE}. */
  readonly messages: readonly (readonly [type: string, message: MessageType])[];
}

/**
 * Reads which queues, topics and buses are declared.
 *
 * @throws BootstrapError for a name or a declaration that cannot work.
 */
export function declaredDestinations(options: MessagingDestinations): DeclaredDestination[] {
  const { queues = {}, topics = {}, buses = {} } = options;
  const declared = [
    ...Object.entries(queues).map(([name, given]) => declaredAs({ kind: 'queue', name }, given, QUEUE_RULES)),
    ...Object.entries(topics).map(([name, given]) => declaredAs({ kind: 'topic', name }, given, QUEUE_RULES)),
    ...Object.entries(buses).map(([name, given]) => declaredAs({ kind: 'bus', name }, given, BUS_RULES)),
  ];
  if (declared.length === 0)
    throw new BootstrapError(
      'MessagingModule declares nothing to send to: add queues, topics or buses, as in ' +
        '{ queues: { orders: OrderPlaced } }.',
    );
  refuseSharedVariables(declared);
  return declared;
}

type Declaration = MessageDeclaration & Partial<QueueDeclaration & BusDeclaration>;

function declaredAs<O extends object>(
  destination: Destination,
  given: unknown,
  rules: OptionRules<O>,
): DeclaredDestination {
  const where = `the ${labelOfDestination(destination)} of MessagingModule`;
  checkName(destination);
  const subject = capital(where);
  if (given === undefined || given === null) throw notThere(subject, given);
  const declaration = (isMessageType(given) ? { message: given } : given) as O & Declaration;
  if (destination.kind === 'bus') refuseLargePayloads(declaration, subject);
  checkOptions<O>(declaration, rules, where);
  const { source, contentBasedDeduplication = false, largePayloads: bucket } = declaration;
  if (destination.kind === 'bus' && source === undefined)
    throw new BootstrapError(
      `${subject} needs source, the source of its events, such as { source: 'shop.orders', … }.`,
    );
  return {
    ...destination,
    ...(source !== undefined && { source }),
    ...(bucket && { largePayloads: bucket }),
    contentBasedDeduplication,
    ...messagesOf(declaration, subject),
  };
}

function refuseLargePayloads(declaration: object, where: string): void {
  if (!('largePayloads' in declaration)) return;
  throw new BootstrapError(
    `${where} can't have largePayloads: rules choose events by their detail, which a pointer would hide. Store the ` +
      'data in S3 yourself, and send its key in the event.',
  );
}

function messagesOf(declaration: Declaration, where: string): Pick<DeclaredDestination, 'types' | 'messages'> {
  const { message: only, types: byType } = declaration;
  if ((only === undefined) === (byType === undefined))
    throw new BootstrapError(
      `${where} needs either message, the class of its messages, or types, a class for each type.`,
    );
  if (only !== undefined) return { types: undefined, messages: [[ANY_TYPE, only]] };
  const names = Object.keys(byType!);
  return { types: names, messages: Object.entries(byType!) };
}

const NAMES: Readonly<Record<DestinationKind, RegExp>> = {
  queue: /^[\w-]{1,80}(?:\.fifo)?$/,
  topic: /^[\w-]{1,256}(?:\.fifo)?$/,
  bus: /^[/.\w-]{1,256}$/,
};

function checkName({ kind, name }: Destination): void {
  if (NAMES[kind].test(name)) return;
  throw new BootstrapError(
    `MessagingModule: ${JSON.stringify(name)} is not the name of a ${kind}. Use the plain name, not its URL or ARN: ` +
      `that comes from an environment variable, such as ${variableOf({ kind, name: 'orders' })} for "orders".`,
  );
}

/** Two destinations with one variable would both get the messages of one. */
function refuseSharedVariables(declared: readonly Destination[]): void {
  const byVariable = new Map<string, Destination>();
  for (const destination of declared) {
    const variable = variableOf(destination);
    const other = byVariable.get(variable);
    if (other)
      throw new BootstrapError(
        `MessagingModule: ${labelOfDestination(other)} and ${labelOfDestination(destination)} would both be found by ` +
          `${variable}. Rename one of them.`,
      );
    byVariable.set(variable, destination);
  }
}

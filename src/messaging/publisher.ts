import type { JsonCodec } from '../http/message/json.js';
import { brand } from '../shared/brand.js';
import { type Destination, isFifo } from '../shared/destination.js';
import type { RefusingReader } from '../validation/input-reader.js';
import { encodeMessage, problem } from './encode-message.js';
import { outgoing, type Trace, traceOf } from './outgoing-message.js';
import { InvalidMessageError, type MessageProblem, MessagesNotSentError, type UnsentMessage } from './send-errors.js';
import {
  mistakeInSendOptions,
  mostAttributes,
  type OptionsTarget,
  type QueueOptions,
  type SendOptions,
  type TopicOptions,
} from './send-options.js';
import type {
  MessageSender,
  Offload,
  OutgoingMessage,
  Outlet,
  OutletTarget,
  Receipt,
} from './sending/message-sender.js';
import { type PreparedMessage, sendBatches } from './sending/send-batches.js';

/** The parts of a queue, a topic or a bus. */
export interface PublisherParts {
  readonly target: OptionsTarget & OutletTarget;
  /** The reader of each type; of the only class of messages under the empty name. */
  readonly readers: ReadonlyMap<string, RefusingReader>;
  readonly sender: MessageSender;
  readonly json: JsonCodec;
}

/** Options for all messages of a list, or a function that returns them for a message and its position. */
export type OptionsOf<T, O> = O | ((message: T, index: number) => O);

/** The name of the only reader where no types are declared. */
export const ANY_TYPE = '';

/** Checks messages and sends them to one queue, topic or bus. */
export abstract class Publisher<T, O extends SendOptions> {
  readonly #parts: PublisherParts;
  readonly #outlet: Outlet;

  /** @throws BootstrapError when it is unknown where the messages go. */
  constructor(parts: PublisherParts) {
    this.#parts = parts;
    this.#outlet = parts.sender.open(parts.target);
  }

  /** The name in the options of `MessagingModule`. */
  get name(): string {
    return this.#parts.target.name;
  }

  /**
   * Sends a message.
   *
   * @throws InvalidMessageError when the message does not fit its class, or lacks an id or a type. Nothing is sent.
   * @throws TypeError for a wrong option. Nothing is sent.
   * @throws MessagesNotSentError when AWS does not take it, within the time that the event has left.
   */
  async send(message: T, options?: O): Promise<Receipt> {
    const [receipt] = await this.sendAll([message], options);
    return receipt!;
  }

  /**
   * Sends messages, ten in each request, in their order. AWS may take some and not others: those are tried again, and
   * what is left in the end is in the error.
   *
   * @param options For all messages, or a function that returns those of each.
   * @throws InvalidMessageError when a message does not fit its class, or lacks an id or a type. Nothing is sent.
   * @throws TypeError for a wrong option. Nothing is sent.
   * @throws MessagesNotSentError with the messages that AWS did not take, within the time that the event has left.
   */
  async sendAll(messages: readonly T[], options?: OptionsOf<T, O>): Promise<readonly Receipt[]> {
    const prepared = await this.#prepare(messages, options);
    const error = await sendBatches(prepared, this.#outlet, isFifo(this.#destination));
    const receipts = prepared.map(({ receipt }) => receipt);
    if (receipts.every((receipt) => receipt !== undefined)) return receipts;
    throw new MessagesNotSentError(this.#destination, unsentOf(messages, prepared), receipts, error);
  }

  get #destination(): Destination {
    const { kind, name } = this.#parts.target;
    return { kind, name };
  }

  async #prepare(messages: readonly T[], options: OptionsOf<T, O> | undefined): Promise<readonly PreparedMessage[]> {
    const trace = traceOf();
    const prepared = await Promise.all(
      // Async: what the function throws ends no process in which other messages are refused.
      messages.map(async (message, index) =>
        this.#encode(
          message,
          typeof options === 'function' ? options(message, index) : options === undefined ? {} : options,
          trace,
        ),
      ),
    );
    const problems = prepared.flatMap((one, index): MessageProblem[] =>
      'details' in one ? [{ index, details: one.details }] : [],
    );
    if (problems.length > 0) throw new InvalidMessageError(this.#destination, problems, messages.length);
    return prepared as readonly PreparedMessage[];
  }

  async #encode(
    message: T,
    options: SendOptions,
    trace: Trace,
  ): Promise<PreparedMessage | Omit<MessageProblem, 'index'>> {
    const { target, readers, json } = this.#parts;
    const mistake = mistakeInSendOptions(options, target);
    if (mistake !== undefined) return { details: [problem(mistake, 'options')] };
    const encoded = await encodeMessage(message, readers.get(target.types ? options.type! : ANY_TYPE)!, json);
    if ('details' in encoded) return encoded;
    return this.#measured(outgoing(encoded.body, options, { trace, most: mostAttributes(target) }));
  }

  #measured(message: OutgoingMessage): PreparedMessage | Omit<MessageProblem, 'index'> {
    const { messageLimit, offload } = this.#outlet;
    const bytes = this.#outlet.sizeOf(message);
    if (offload && bytes > offload.threshold && bytes <= offload.limit) return this.#pointer(message, offload);
    const limit = offload ? offload.limit : messageLimit;
    return bytes <= limit ? { message, bytes } : tooLarge('message has', bytes, limit);
  }

  #pointer(large: OutgoingMessage, offload: Offload): PreparedMessage | Omit<MessageProblem, 'index'> {
    const message = offload.pointerTo(large);
    const bytes = this.#outlet.sizeOf(message);
    const { messageLimit } = this.#outlet;
    return bytes <= messageLimit ? { message, bytes } : tooLarge('attributes of the message have', bytes, messageLimit);
  }
}

function tooLarge(what: string, bytes: number, limit: number): Omit<MessageProblem, 'index'> {
  return { details: [problem(`the ${what} ${bytes} bytes, and ${limit} are allowed`, 'size')] };
}

function unsentOf<T>(messages: readonly T[], prepared: readonly PreparedMessage[]): UnsentMessage<T>[] {
  return prepared.flatMap(({ failure }, index) => {
    if (!failure) return [];
    const { code, message } = failure;
    return [{ index, content: messages[index]!, code, message }];
  });
}

/**
 * Sends messages to an SQS queue: `constructor(@InjectQueue('orders') private readonly orders: Queue<OrderPlaced>)`.
 */
export class Queue<T = unknown> extends Publisher<T, QueueOptions> {}
brand(Queue, 'Queue');

/** Sends notifications to an SNS topic: `constructor(@InjectTopic('news') private readonly news: Topic<NewsItem>)`. */
export class Topic<T = unknown> extends Publisher<T, TopicOptions> {}
brand(Topic, 'Topic');

/** Sends events to an EventBridge bus: `constructor(@InjectEventBus('shop') private readonly shop: EventBus<Sale>)`. */
export class EventBus<T = unknown> extends Publisher<T, SendOptions> {}
brand(EventBus, 'EventBus');

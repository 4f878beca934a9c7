import { busLimits } from '../messaging/sending/event-bridge-outlet.js';
import {
  MessageSender,
  type OutgoingMessage,
  type Outlet,
  type OutletTarget,
  type SendOutcome,
} from '../messaging/sending/message-sender.js';
import { topicLimits } from '../messaging/sending/sns-outlet.js';
import { queueLimits } from '../messaging/sending/sqs-outlet.js';
import type { DestinationKind } from '../shared/destination.js';
import { withoutUndefined } from '../shared/json-values.js';

/** A message that the application has sent. Members that it was not given are absent. */
export interface SentMessage<T = unknown> extends Omit<OutgoingMessage, 'body' | 'traceHeader'> {
  readonly kind: DestinationKind;
  /** The name of the queue, the topic or the bus. */
  readonly name: string;
  /** The message, parsed from its JSON. */
  readonly content: T;
}

/**
 * Keeps the messages that the application sends, instead of sending them. They are checked as ever, and no environment
 * variable is needed: `.overrideProvider(MessageSender).useValue(sent)`.
 */
export class SentMessages extends MessageSender {
  /** Everything that was sent, oldest first. You may change the array. */
  readonly all: SentMessage[] = [];

  /** Returns what was sent to a queue, a topic or a bus, by its name in `MessagingModule`. */
  to<T = unknown>(name: string): SentMessage<T>[] {
    return this.all.filter((message): message is SentMessage<T> => message.name === name);
  }

  override open({ kind, name, source = '', largePayloads }: OutletTarget): Outlet {
    const limits = { queue: queueLimits, topic: topicLimits, bus: busLimits(source) }[kind];
    return {
      ...limits,
      // Messages that would go to a bucket are kept whole.
      messageLimit: Math.max(limits.messageLimit, largePayloads?.maxSize ?? 0),
      send: (messages) => Promise.resolve(messages.map((message) => this.#keep({ kind, name, ...contentOf(message) }))),
    };
  }

  #keep(message: SentMessage): SendOutcome {
    return { receipt: { messageId: `message-${this.all.push(message)}` } };
  }
}

function contentOf(message: OutgoingMessage): Omit<SentMessage, 'kind' | 'name'> {
  const { body, traceHeader: _, attributes: all, ...given } = message;
  // The type is a member of its own.
  const { type: __, ...attributes } = all;
  return { ...withoutUndefined(given), attributes, content: JSON.parse(body) };
}

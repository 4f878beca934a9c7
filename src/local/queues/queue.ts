import { randomUUID } from 'node:crypto';
import type { Message } from './message.js';
import type { QueueKind, SendParameters } from './send-parameters.js';

/**
 * Milliseconds for which a FIFO queue recognizes a repeated message (the SQS guide, "Using the message deduplication
 * ID").
 */
const DEDUPLICATION_INTERVAL = 5 * 60 * 1000;

/** The limit in bytes of all bodies of an event. Lambda's limit is 6 MB, and messages have more than their bodies. */
const BATCH_LIMIT = 5 * 1024 * 1024;

const FIRST_SEQUENCE_NUMBER = 18849496460467696128n;

/** The messages of one queue, in the order they were sent. */
export class Queue implements QueueKind {
  readonly fifo: boolean;
  #messages: Message[] = [];
  readonly #sent = new Map<string, Message>();
  #count = 0n;

  constructor(
    readonly name: string,
    readonly contentBasedDeduplication: boolean,
  ) {
    this.fifo = name.endsWith('.fifo');
  }

  /** The number of messages, including those in flight. */
  get length(): number {
    return this.#messages.length;
  }

  /** Adds a message and returns it. If a FIFO queue recognizes a duplicate, returns the original. */
  send(parameters: SendParameters): Message {
    const now = Date.now();
    const { deduplicationId } = parameters;
    const earlier = deduplicationId === undefined ? undefined : this.#sent.get(deduplicationId);
    if (earlier && now - earlier.sentAt < DEDUPLICATION_INTERVAL) return earlier;
    const message = this.#make(parameters, now);
    this.#messages.push(message);
    if (deduplicationId !== undefined) this.#sent.set(deduplicationId, message);
    return message;
  }

  /** Receives the visible messages. A message of a FIFO group waits until all before it are deleted. */
  receive(size: number): Message[] {
    const now = Date.now();
    const received: Message[] = [];
    const blocked = new Set<string | undefined>();
    let bytes = 0;
    for (const message of this.#messages) {
      if (received.length === size || bytes + message.bytes > BATCH_LIMIT) break;
      if (message.visibleAt > now && this.fifo) blocked.add(message.group);
      if (message.visibleAt > now || blocked.has(message.group)) continue;
      bytes += message.bytes;
      received.push(message);
    }
    for (const message of received) {
      message.receiveCount += 1;
      message.firstReceivedAt ??= now;
    }
    return received;
  }

  /** Leaves messages in the queue, invisible for so many milliseconds. */
  hide(messages: Iterable<Message>, visibilityTimeout: number): void {
    const visibleAt = Date.now() + visibilityTimeout;
    for (const message of messages) message.visibleAt = visibleAt;
  }

  delete(messages: ReadonlySet<Message>): void {
    this.#messages = this.#messages.filter((message) => !messages.has(message));
  }

  /** Returns the time when the next message becomes visible, or `undefined` for an empty queue. */
  nextVisibleAt(): number | undefined {
    const times = this.#firsts().map(({ visibleAt }) => visibleAt);
    return times.length === 0 ? undefined : times.reduce((one, other) => Math.min(one, other));
  }

  /** Returns the messages that don't wait for others: in a FIFO queue, the first of each group. */
  #firsts(): readonly Message[] {
    if (!this.fifo) return this.#messages;
    return [...new Map(this.#messages.toReversed().map((message) => [message.group, message])).values()];
  }

  #make(parameters: SendParameters, now: number): Message {
    this.#count += 1n;
    return {
      ...parameters,
      id: randomUUID(),
      sequenceNumber: this.fifo ? String(FIRST_SEQUENCE_NUMBER + this.#count) : undefined,
      sentAt: now,
      visibleAt: now + parameters.delay,
      receiveCount: 0,
      firstReceivedAt: undefined,
    };
  }
}

import type { SQSRecord } from 'aws-lambda';
import { asJsonObject, asString, isJsonObject } from '../../shared/json-values.js';
import type { Invoke } from '../invoke/call-function.js';
import { shortJson } from '../short-json.js';
import type { Terminal } from '../terminal.js';
import { eventOf, type Message } from './message.js';
import type { Queue } from './queue.js';

export interface MappingOptions {
  /** Returns how to invoke the function, or `undefined` while deliveries are on hold. */
  readonly invoke: () => Invoke | undefined;
  /** The most messages in one event. */
  readonly batchSize: number;
  /** Milliseconds from a failed delivery to the next one. */
  readonly visibilityTimeout: number;
  /** The most deliveries of a message. */
  readonly maxReceiveCount: number;
  readonly terminal: Terminal;
  /** Takes a message whose last delivery failed. */
  readonly onDeadLetter: (record: SQSRecord) => void;
  /** Called after every batch. */
  readonly onSettled: () => void;
}

/** Delivers the messages of one queue to the function, one batch at a time, and retries those that failed. */
export class EventSourceMapping {
  #timer: NodeJS.Timeout | undefined;
  #delivery: Promise<void> | undefined;
  #closed = false;

  constructor(
    readonly queue: Queue,
    private readonly options: MappingOptions,
  ) {}

  /** Delivers the visible messages. When there are none, sets a timer for the next one to become visible. */
  wake(): void {
    clearTimeout(this.#timer);
    const invoke = this.options.invoke();
    if (!invoke || this.#delivery || this.#closed) return;
    const messages = this.queue.receive(this.options.batchSize);
    if (messages.length > 0) {
      this.#delivery = this.#deliver(messages, invoke);
      return;
    }
    const next = this.queue.nextVisibleAt();
    if (next !== undefined) this.#timer = setTimeout(() => this.wake(), Math.max(0, next - Date.now()));
  }

  /** Stops delivering, and resolves when the current batch is done. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#delivery;
  }

  async #deliver(messages: readonly Message[], invoke: Invoke): Promise<void> {
    const event = eventOf(this.queue.name, messages);
    const { failed } = await this.#invoke(JSON.stringify(event), messages, invoke);
    const again = messages.filter(
      ({ id, receiveCount }) => failed.has(id) && receiveCount < this.options.maxReceiveCount,
    );
    // At the same time, so that they are delivered together again.
    this.queue.hide(again, this.options.visibilityTimeout);
    this.queue.delete(new Set(messages.filter((message) => !again.includes(message))));
    const lost = messages.filter((message) => failed.has(message.id) && !again.includes(message));
    for (const message of lost) this.#deadLetter(event.Records[messages.indexOf(message)]!);
    this.#delivery = undefined;
    this.options.onSettled();
    this.wake();
  }

  /** Never rejects: when the function throws, all messages have failed. */
  async #invoke(event: string, messages: readonly Message[], invoke: Invoke): Promise<BatchResult> {
    const ids = messages.map(({ id }) => id);
    try {
      const result = readBatchResult(JSON.parse(await invoke(event)), ids);
      if (result.problem !== undefined) this.options.terminal.error(`${this.#title(ids)} failed: ${result.problem}`);
      return result;
    } catch (error) {
      this.options.terminal.error(`${this.#title(ids)} failed because the function failed`, error);
      return { failed: new Set(ids) };
    }
  }

  #deadLetter(record: SQSRecord): void {
    const { messageId, body, attributes } = record;
    const text = body.length > 200 ? `${body.slice(0, 197)}...` : body;
    this.options.onDeadLetter(record);
    this.options.terminal.error(
      `Queue ${this.queue.name}: message ${messageId} has failed ${attributes.ApproximateReceiveCount} times ` +
        `and is now a dead letter: ${text}`,
    );
  }

  #title(ids: readonly string[]): string {
    return `Queue ${this.queue.name}: ${ids.length === 1 ? `message ${ids[0]}` : `a batch of ${ids.length} messages`}`;
  }
}

/** The outcome of a batch: the ids of the messages that failed. */
interface BatchResult {
  readonly failed: ReadonlySet<string>;
  /** The mistake in the function's result, when all messages failed because of it. */
  readonly problem?: string;
}

const NONE: BatchResult = { failed: new Set() };

/**
 * Reads a function's result as an event source mapping with `ReportBatchItemFailures` does. A result without failures
 * is a success, and a malformed result fails the whole batch (the Lambda guide, "Handling errors for an SQS event
 * source", success and failure conditions).
 */
function readBatchResult(result: unknown, ids: readonly string[]): BatchResult {
  if (result === null) return NONE;
  if (!isJsonObject(result))
    return all(ids, `the result is ${shortJson(result)}, not { batchItemFailures } or nothing`);
  const { batchItemFailures: failures } = result;
  if (failures === undefined || failures === null) return NONE;
  if (!Array.isArray(failures)) return all(ids, `"batchItemFailures" is ${shortJson(failures)}, not a list`);
  const named = failures.map((item: unknown) => asString(asJsonObject(item)['itemIdentifier']) ?? '');
  const unknown = named.findIndex((id) => !ids.includes(id));
  if (unknown === -1) return { failed: new Set(named) };
  return all(ids, `"batchItemFailures" has ${shortJson(failures[unknown])}, which names no message of the batch`);
}

function all(ids: readonly string[], problem: string): BatchResult {
  return { failed: new Set(ids), problem };
}

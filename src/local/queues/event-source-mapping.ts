import type { SQSRecord } from 'aws-lambda';
import { isJsonObject } from '../../shared/json-values.js';
import { show } from '../doors/lambda-result.js';
import type { Terminal } from '../terminal.js';
import { eventOf, type Message } from './message.js';
import type { Queue } from './queue.js';

/** Calls the function with an event; both are JSON text. */
export type Invoke = (event: string) => Promise<string>;

export interface MappingOptions {
  /** `undefined` while nobody takes messages. */
  readonly invoke: () => Invoke | undefined;
  /** Messages in one event. */
  readonly batchSize: number;
  /** Milliseconds from a delivery that failed to the next one. */
  readonly visibilityTimeout: number;
  /** Deliveries of a message. */
  readonly maxReceiveCount: number;
  readonly terminal: Terminal;
  /** Takes a message that was delivered for the last time. */
  readonly giveUp: (record: SQSRecord) => void;
  /** Called after every batch. */
  readonly onSettled: () => void;
}

/** Delivers one queue's messages to the function, a batch at a time, those that failed again and again. */
export class EventSourceMapping {
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> | undefined;
  #closed = false;

  constructor(
    readonly queue: Queue,
    private readonly options: MappingOptions,
  ) {}

  /** Delivers what may be delivered, and sees to it again when that changes by time alone. */
  wake(): void {
    clearTimeout(this.#timer);
    const invoke = this.options.invoke();
    if (!invoke || this.#underWay || this.#closed) return;
    const messages = this.queue.receive(this.options.batchSize);
    if (messages.length === 0) this.#wait();
    else this.#underWay = this.#deliver(messages, invoke);
  }

  /** Delivers nothing more, and resolves when the batch under way is done. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#underWay;
  }

  #wait(): void {
    const next = this.queue.nextVisibleAt();
    if (next !== undefined) this.#timer = setTimeout(() => this.wake(), Math.max(0, next - Date.now()));
  }

  async #deliver(messages: readonly Message[], invoke: Invoke): Promise<void> {
    const event = eventOf(this.queue.name, messages);
    const { failed } = await this.#invoke(JSON.stringify(event), messages, invoke);
    const again = messages.filter(
      ({ id, receiveCount }) => failed.has(id) && receiveCount < this.options.maxReceiveCount,
    );
    for (const message of again) message.visibleAt = Date.now() + this.options.visibilityTimeout;
    this.queue.delete(new Set(messages.filter((message) => !again.includes(message))));
    const lost = messages.filter((message) => failed.has(message.id) && !again.includes(message));
    for (const message of lost) this.#giveUp(event.Records[messages.indexOf(message)]!);
    this.#underWay = undefined;
    this.options.onSettled();
    this.wake();
  }

  /** Never rejects: what the function throws is the failure of all messages. */
  async #invoke(event: string, messages: readonly Message[], invoke: Invoke): Promise<BatchResult> {
    const ids = messages.map(({ id }) => id);
    try {
      const result = readBatchResult(JSON.parse(await invoke(event)), ids);
      if (result.problem !== undefined) this.options.terminal.error(`${this.#title(ids)} failed: ${result.problem}`);
      return result;
    } catch (error) {
      this.options.terminal.error(`${this.#title(ids)} failed, for the function did`, error);
      return { failed: new Set(ids) };
    }
  }

  #giveUp(record: SQSRecord): void {
    const { messageId, body, attributes } = record;
    const text = body.length > 200 ? `${body.slice(0, 197)}...` : body;
    this.options.giveUp(record);
    this.options.terminal.error(
      `Queue ${this.queue.name}: message ${messageId} has failed ${attributes.ApproximateReceiveCount} times and goes to the dead letters: ${text}`,
    );
  }

  #title(ids: readonly string[]): string {
    return `Queue ${this.queue.name}: ${ids.length === 1 ? `message ${ids[0]}` : `a batch of ${ids.length} messages`}`;
  }
}

/** What became of a batch: the ids of the messages that come again. */
interface BatchResult {
  readonly failed: ReadonlySet<string>;
  /** What is wrong with the result, in words, where all failed for that. */
  readonly problem?: string;
}

const NONE: BatchResult = { failed: new Set() };

/**
 * Reads a function's result as an event source mapping with `ReportBatchItemFailures` does: a result that names nothing
 * is a success, one that names something wrongly fails the whole batch (the Lambda guide, "Handling errors for an SQS
 * event source", success and failure conditions).
 */
function readBatchResult(result: unknown, ids: readonly string[]): BatchResult {
  if (result === null) return NONE;
  if (!isJsonObject(result))
    return all(ids, `the result is ${show(result)}, where { batchItemFailures } or nothing is wanted`);
  const { batchItemFailures: failures } = result;
  if (failures === undefined || failures === null) return NONE;
  if (!Array.isArray(failures)) return all(ids, `"batchItemFailures" is ${show(failures)}, where a list is wanted`);
  const named = (failures as readonly unknown[]).map((item) =>
    isJsonObject(item) ? item['itemIdentifier'] : undefined,
  );
  const unknown = named.findIndex((id) => !ids.includes(id as string));
  if (unknown === -1) return { failed: new Set(named as string[]) };
  return all(ids, `"batchItemFailures" has ${show(failures[unknown])}, which names no message of the batch`);
}

function all(ids: readonly string[], problem: string): BatchResult {
  return { failed: new Set(ids), problem };
}

import { BootstrapError } from '../../errors/bootstrap-error.js';
import { EventSourceMapping, type Invoke, type MappingOptions } from './event-source-mapping.js';
import type { Message, SendParameters } from './message.js';
import { invalidParameter, queueDoesNotExist, type QueueError } from './queue-error.js';
import { Queue } from './queue.js';

type Settings = Omit<MappingOptions, 'invoke' | 'onSettled'>;

/** Every queue, each with what delivers it. */
export class QueueService {
  readonly #mappings = new Map<string, EventSourceMapping>();
  #invoke: Invoke | undefined;
  #waiting: (() => void)[] = [];

  constructor(private readonly settings: Settings) {}

  get names(): string[] {
    return [...this.#mappings.keys()];
  }

  /**
   * Gives the queue of a name, which is made unless it is there.
   *
   * @throws QueueError for a name that SQS refuses.
   */
  create(name: string, contentBasedDeduplication: boolean): Queue {
    const mapping = this.#mappings.get(name);
    if (mapping) return mapping.queue;
    if (!isQueueName(name)) throw badName(name);
    const queue = new Queue(name, contentBasedDeduplication);
    this.#mappings.set(name, new EventSourceMapping(queue, this.#mappingOptions()));
    return queue;
  }

  /** @throws QueueError where there is none. */
  get(name: string): Queue {
    return this.#mapping(name).queue;
  }

  /** Puts messages into a queue, and gives them as they are there. */
  send(queue: Queue, parameters: readonly SendParameters[]): Message[] {
    const messages = parameters.map((each) => queue.send(each));
    this.#mapping(queue.name).wake();
    return messages;
  }

  deliverTo(invoke: Invoke): void {
    this.#invoke = invoke;
    for (const mapping of this.#mappings.values()) mapping.wake();
  }

  hold(): void {
    this.#invoke = undefined;
  }

  /** Resolves when all queues are empty. @throws BootstrapError when nobody takes messages, for that would never be. */
  async idle(): Promise<void> {
    if (this.#isEmpty()) return;
    if (!this.#invoke)
      throw new BootstrapError('There are messages and nobody to take them: call deliverTo() before idle().');
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#mappings.values()].map((mapping) => mapping.close()));
    this.#resolveWaiting();
  }

  #mapping(name: string): EventSourceMapping {
    const mapping = this.#mappings.get(name);
    if (!mapping) throw queueDoesNotExist(name, this.names);
    return mapping;
  }

  #mappingOptions(): MappingOptions {
    return { ...this.settings, invoke: () => this.#invoke, onSettled: () => this.#settled() };
  }

  #settled(): void {
    if (this.#isEmpty()) this.#resolveWaiting();
  }

  #isEmpty(): boolean {
    return [...this.#mappings.values()].every(({ queue }) => queue.length === 0);
  }

  #resolveWaiting(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

function isQueueName(name: string): boolean {
  return name.length <= 80 && /^[\w-]+(?:\.fifo)?$/.test(name);
}

function badName(name: string): QueueError {
  return invalidParameter(
    `The queue name ${JSON.stringify(name)} is not valid: it can only include alphanumeric characters, hyphens and underscores, 1 to 80 in length, and ends with .fifo for a FIFO queue.`,
  );
}

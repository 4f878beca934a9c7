import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { Invoke } from '../invoke/call-function.js';
import { EventSourceMapping, type MappingOptions } from './event-source-mapping.js';
import type { Message } from './message.js';
import { invalidParameter, queueDoesNotExist } from './queue-error.js';
import { Queue } from './queue.js';
import type { SendParameters } from './send-parameters.js';

/** Whether a function takes the messages of a queue. */
export type Takes = (queue: string) => boolean;

/** All queues, each with its event source mapping. */
export class QueueService {
  readonly #mappings = new Map<string, EventSourceMapping>();
  #invoke: Invoke | undefined;
  #takes: Takes = () => true;
  #waiting: (() => void)[] = [];
  #isClosed = false;

  constructor(private readonly settings: Omit<MappingOptions, 'invoke' | 'onSettled'>) {}

  get names(): string[] {
    return [...this.#mappings.keys()];
  }

  /**
   * Returns the queue of a name, creating it if it does not exist.
   *
   * @throws QueueError for a name that SQS does not accept.
   */
  create(name: string, contentBasedDeduplication: boolean): Queue {
    const mapping = this.#mappings.get(name);
    if (mapping) return mapping.queue;
    if (!isQueueName(name)) {
      throw invalidParameter(
        `The queue name ${JSON.stringify(name)} is not valid: it can only include alphanumeric characters, hyphens ` +
          'and underscores, 1 to 80 in length, and ends with .fifo for a FIFO queue.',
      );
    }
    const queue = new Queue(name, contentBasedDeduplication);
    const invoke = (): Invoke | undefined => (this.#takes(name) ? this.#invoke : undefined);
    const options = { ...this.settings, invoke, onSettled: () => this.#settled() };
    this.#mappings.set(name, new EventSourceMapping(queue, options));
    return queue;
  }

  /** Returns the queue of a name. @throws QueueError when it does not exist. */
  get(name: string): Queue {
    return this.#mapping(name).queue;
  }

  /** Puts messages into a queue, and returns them with their ids. */
  send(queue: Queue, parameters: readonly SendParameters[]): Message[] {
    const messages = parameters.map((each) => queue.send(each));
    this.#mapping(queue.name).wake();
    return messages;
  }

  /** Delivers the messages of the queues that it takes to the function from now on. */
  deliverTo(invoke: Invoke, takes: Takes = () => true): void {
    this.#invoke = invoke;
    this.#takes = takes;
    for (const mapping of this.#mappings.values()) mapping.wake();
  }

  /** Stops starting deliveries. */
  hold(): void {
    this.#invoke = undefined;
    this.#resolveWaiting();
  }

  /**
   * Resolves when all queues are empty, or the service is closed.
   *
   * @throws BootstrapError when nothing takes the messages, or nothing does any more.
   */
  async idle(): Promise<void> {
    while (!this.#isEmpty() && !this.#isClosed) {
      if (!this.#invoke)
        throw new BootstrapError('There are messages but nothing takes them: call deliverTo() before idle().');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#mappings.values()].map((mapping) => mapping.close()));
    this.#resolveWaiting();
  }

  #mapping(name: string): EventSourceMapping {
    const mapping = this.#mappings.get(name);
    if (!mapping) throw queueDoesNotExist(name, this.names);
    return mapping;
  }

  #settled(): void {
    if (this.#isEmpty()) this.#resolveWaiting();
  }

  /** Whether all queues that the function takes messages from are empty. */
  #isEmpty(): boolean {
    return [...this.#mappings.values()].every(({ queue }) => queue.length === 0 || !this.#takes(queue.name));
  }

  #resolveWaiting(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

function isQueueName(name: string): boolean {
  return name.length <= 80 && /^[\w-]+(?:\.fifo)?$/.test(name);
}

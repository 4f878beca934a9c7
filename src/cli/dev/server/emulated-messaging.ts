import { capital } from '../../../errors/option-names.js';
import { type LocalBuckets, startBuckets } from '../../../local/buckets/start-buckets.js';
import { bufferedInvoke } from '../../../local/invoke/call-function.js';
import { type LocalQueues, startQueues } from '../../../local/queues/start-queues.js';
import { shortJson } from '../../../local/short-json.js';
import type { Terminal } from '../../../local/terminal.js';
import { type LocalTopics, type Publisher, startTopics } from '../../../local/topics/start-topics.js';
import { type Destination, type DestinationKind, isFifo, labelOfDestination } from '../../../shared/destination.js';
import type { FunctionPool } from '../functions/function-pool.js';
import type { LiveFunction } from '../functions/live-function.js';
import type { RecentEvents } from '../log/recent-events.js';
import type { Variables } from '../runtime/process-messages.js';
import { functionTarget } from './function-target.js';
import { declaredBy, localBuckets, localOnes, localVariables } from './local-destinations.js';

export interface EmulatedMessagingOptions {
  /** The queues to start in any case. */
  readonly queues: readonly string[];
  /** The timeout of the functions in seconds. */
  readonly timeout: number;
  readonly terminal: Terminal;
  readonly pool: FunctionPool;
  readonly events: RecentEvents;
  /** Returns your own environment variables. */
  environment(): NodeJS.ProcessEnv;
}

/**
 * The queues, topics, buses and buckets of large payloads that the functions declare. They outlive the functions:
 * messages wait while functions restart.
 */
export class EmulatedMessaging {
  #queues: LocalQueues | undefined;
  #topics: LocalTopics | undefined;
  #buckets: LocalBuckets | undefined;
  readonly #bucketUrls: Record<string, string> = {};
  readonly #local = new Map<string, Destination>();
  #variables: Variables = {};
  #starting: Promise<void> = Promise.resolve();

  constructor(private readonly options: EmulatedMessagingOptions) {}

  /** Starts the queues that are asked for. @throws BootstrapError for a name that SQS does not accept. */
  async start(): Promise<void> {
    const queues = this.options.queues.map((name): Destination => ({ kind: 'queue', name }));
    for (const queue of queues) await this.#create(queue);
    this.#update(queues);
  }

  /** The environment variables of all that runs here. */
  get variables(): Variables {
    return this.#variables;
  }

  /** The destinations that run here. */
  get local(): Destination[] {
    return [...this.#local.values()];
  }

  /** The endpoint of each kind of destination; empty if none runs. */
  get endpoints(): Readonly<Record<DestinationKind, string>> {
    const [queue, topic] = [this.#queues?.endpoint ?? '', this.#topics?.endpoint ?? ''];
    return { queue, topic, bus: topic };
  }

  /** The buckets of large payloads that run here. */
  get buckets(): { readonly names: readonly string[]; readonly endpoint: string } {
    return { names: Object.keys(this.#bucketUrls), endpoint: this.#buckets?.endpoint ?? '' };
  }

  /** Starts what the functions declare, which changes the variables. */
  declare(): Promise<void> {
    // One after another: each start adds to what runs.
    const declared = this.#starting.then(() => this.#declare());
    this.#starting = declared.catch(() => undefined);
    return declared;
  }

  /** Pauses delivery. */
  hold(): void {
    this.#queues?.hold();
  }

  /**
   * Delivers each queue's messages to its consumer once all functions have started, or not at all if one has failed. A
   * function whose process ended by itself is started by its next message.
   */
  async release(): Promise<void> {
    const { pool, events } = this.options;
    const starts = await Promise.allSettled(pool.all.map((fn) => fn.startEnded()));
    if (!starts.every(({ status }) => status === 'fulfilled')) return;
    const front = await pool.front();
    const target = functionTarget((event) => pool.consumerOf(queueOf(event as QueueEvent)) ?? front, events);
    // Nobody knows what a handler of no application consumes.
    const takesAll = front.description?.isApplication === false;
    this.#queues?.deliverTo(target, (queue) => takesAll || pool.consumerOf(queue) !== undefined);
  }

  async close(): Promise<void> {
    await this.#starting;
    await Promise.all([this.#queues?.close(), this.#topics?.close(), this.#buckets?.close()]);
  }

  async #declare(): Promise<void> {
    const { pool, terminal } = this.options;
    const declared = pool.all.flatMap(({ description }) => (description ? declaredBy(description) : []));
    for (const destination of localOnes(declared, this.options.environment())) {
      // A name that AWS does not accept is told of; the others are started.
      await this.#create(destination).catch((error: Error) => terminal.error(error.message));
    }
    for (const { description } of pool.all)
      for (const name of description ? localBuckets(description, this.options.environment()) : [])
        await this.#createBucket(name);
    this.#update(declared);
  }

  async #create(destination: Destination): Promise<void> {
    const { kind, name } = destination;
    if (kind === 'queue') (await this.#openQueues()).create(name);
    else (await this.#openTopics()).create({ kind, name });
    this.#local.set(labelOfDestination(destination), destination);
  }

  async #createBucket(name: string): Promise<void> {
    const { terminal } = this.options;
    this.#buckets ??= await startBuckets({ names: [], terminal });
    this.#buckets.create(name);
    this.#bucketUrls[name] = this.#buckets.urlOf(name);
  }

  async #openQueues(): Promise<LocalQueues> {
    const { timeout, terminal } = this.options;
    return (this.#queues ??= await startQueues({ names: [], timeout, terminal }));
  }

  async #openTopics(): Promise<LocalTopics> {
    const { terminal } = this.options;
    const onEvent = (from: Publisher, event: object): void => void this.#publish(from, event);
    return (this.#topics ??= await startTopics({ onEvent, terminal }));
  }

  #update(declared: readonly Destination[]): void {
    const elsewhere = declared.filter((destination) => !this.#local.has(labelOfDestination(destination)));
    const addresses = {
      endpoints: this.endpoints,
      buckets: this.#bucketUrls,
      of: (destination: Destination) => this.#addressOf(destination),
    };
    this.#variables = localVariables(this.local, elsewhere, addresses, this.options.environment());
  }

  #addressOf({ kind, name }: Destination): string {
    if (kind === 'queue') return this.#queues!.urlOf(name);
    return kind === 'topic' ? `arn:aws:sns:us-east-1:123456789012:${name}` : name;
  }

  /** Invokes every function that has a consumer for an event, as SNS and EventBridge do, but only once. */
  async #publish(from: Publisher, event: object): Promise<void> {
    const { pool, terminal } = this.options;
    if (from.kind === 'topic' && isFifo(from))
      return terminal.error(`${capital(labelOfDestination(from))} ${NO_FUNCTIONS}`);
    await Promise.allSettled(pool.all.map((fn) => fn.startEnded()));
    const takers = pool.takersOf(event);
    if (takers.length === 0)
      terminal.error(`No consumer takes what was sent to ${labelOfDestination(from)}: ${shortJson(event)}`);
    for (const fn of takers) void this.#invoke(fn, from, event);
  }

  async #invoke(fn: LiveFunction, from: Publisher, event: object): Promise<void> {
    const { events, timeout, terminal } = this.options;
    const invoke = bufferedInvoke(
      functionTarget(() => fn, events),
      timeout * 1000,
    );
    await invoke(JSON.stringify(event)).catch((error: unknown) =>
      terminal.error(`The delivery from ${labelOfDestination(from)} failed`, error),
    );
  }
}

/** @see https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html */
const NO_FUNCTIONS =
  'invokes no function: FIFO topics deliver to SQS queues only. Send to the queue to try out its consumer, which ' +
  "names it, as in via: { sqs: 'orders.fifo' }.";

interface QueueEvent {
  readonly Records: readonly { readonly eventSourceARN: string }[];
}

function queueOf({ Records: [record] }: QueueEvent): string {
  return record!.eventSourceARN.split(':').at(-1)!;
}

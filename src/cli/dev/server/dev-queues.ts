import { type LocalQueues, startQueues } from '../../../local/queues/start-queues.js';
import type { Terminal } from '../../../local/terminal.js';
import { variableOf } from '../../../shared/destination.js';
import type { FunctionPool } from '../functions/function-pool.js';
import type { RecentEvents } from '../log/recent-events.js';
import { functionTarget } from './function-target.js';

export interface DevQueuesOptions {
  readonly names: readonly string[];
  /** The timeout of the functions in seconds. */
  readonly timeout: number;
  readonly terminal: Terminal;
}

/** SQS queues that outlive the functions. Messages wait while functions restart. */
export class DevQueues {
  static async start({ names, timeout, terminal }: DevQueuesOptions): Promise<DevQueues> {
    return new DevQueues(names, await startQueues({ names, timeout, terminal }));
  }

  private constructor(
    private readonly names: readonly string[],
    private readonly queues: LocalQueues,
  ) {}

  /** Environment variables for the SDK and the application, such as `ORDERS_QUEUE_URL` for the queue `orders`. */
  get variables(): Readonly<Record<string, string>> {
    const urls = this.names.map((name) => [variableOf({ kind: 'queue', name }), this.queues.urlOf(name)]);
    return {
      AWS_REGION: 'local',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_SQS: this.queues.endpoint,
      ...(Object.fromEntries(urls) as Record<string, string>),
    };
  }

  /** Pauses delivery. */
  hold(): void {
    this.queues.hold();
  }

  /**
   * Delivers each queue's messages to its consumer once all functions have started, or not at all if one has failed. A
   * function whose process ended by itself is started by its next message.
   */
  async release(pool: FunctionPool, events: RecentEvents): Promise<void> {
    const starts = await Promise.allSettled(pool.all.map((fn) => fn.startEnded()));
    if (starts.every(({ status }) => status === 'fulfilled')) {
      this.queues.deliverTo(functionTarget((event) => pool.consumerOf(queueOf(event as QueueEvent)), events));
    }
  }

  close(): Promise<void> {
    return this.queues.close();
  }
}

interface QueueEvent {
  readonly Records: readonly { readonly eventSourceARN: string }[];
}

function queueOf({ Records: [record] }: QueueEvent): string {
  return record!.eventSourceARN.split(':').at(-1)!;
}

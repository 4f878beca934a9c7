import { type LocalQueues, startQueues } from '../../../local/queues/start-queues.js';
import type { Terminal } from '../../../local/terminal.js';
import type { FunctionPool } from '../functions/function-pool.js';
import type { RecentEvents } from '../log/recent-events.js';
import { functionTarget } from './function-target.js';

export interface DevQueuesOptions {
  readonly names: readonly string[];
  /** The functions' timeout in seconds. */
  readonly timeout: number;
  readonly terminal: Terminal;
}

/** Queues that outlive the functions: messages wait while these restart. */
export class DevQueues {
  static async start({ names, timeout, terminal }: DevQueuesOptions): Promise<DevQueues> {
    return new DevQueues(names, await startQueues({ names, timeout, terminal }));
  }

  private constructor(
    private readonly names: readonly string[],
    private readonly queues: LocalQueues,
  ) {}

  /**
   * What an application needs to find them: the endpoint for the SDK, and `ORDERS_QUEUE_URL` for the queue `orders`.
   */
  get variables(): Readonly<Record<string, string>> {
    const urls = this.names.map((name) => [`${variableOf(name)}_QUEUE_URL`, this.queues.urlOf(name)]);
    return {
      AWS_REGION: 'local',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_SQS: this.queues.endpoint,
      ...(Object.fromEntries(urls) as Record<string, string>),
    };
  }

  hold(): void {
    this.queues.hold();
  }

  /**
   * Delivers messages as soon as no function is on its way, unless one can't run; those of a queue to its consumer. One
   * whose process has ended by itself starts again with its message.
   */
  async release(pool: FunctionPool, events: RecentEvents): Promise<void> {
    const settled = await Promise.allSettled(pool.all.map((fn) => fn.settled()));
    if (settled.every(({ status }) => status === 'fulfilled')) {
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

/** As in `ORDER_ITEMS` for `order-items.fifo`. */
function variableOf(queue: string): string {
  return queue
    .replace(/\.fifo$/, '')
    .replaceAll(/\W|-/g, '_')
    .toUpperCase();
}

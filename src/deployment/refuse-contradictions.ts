import { checkSchedules } from '../application/plan/schedules/check-schedules.js';
import type { ApplicationDescription } from '../contracts/application-description.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { describedRegistry } from './described-registry.js';
import { labelOf, subscriptionsOf } from './subscription.js';

/**
 * Refuses before the deployment the consumers that AWS or the bootstrap would refuse after it.
 *
 * @throws BootstrapError for a schedule that EventBridge Scheduler does not take, for a topic that cannot invoke
 *   functions, and when two consumers, or a consumer and the option `requestsVia`, take the same records.
 */
export function refuseContradictions(description: Pick<ApplicationDescription, 'consumers' | 'requestsVia'>): void {
  for (const type of new Set(description.consumers.map((consumer) => consumer.type))) checkSchedules(type);
  describedRegistry(description);
  refuseFifoTopics(description);
}

/** @see https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html */
function refuseFifoTopics({ consumers, requestsVia }: Parameters<typeof refuseContradictions>[0]): void {
  const topics = subscriptionsOf(consumers, requestsVia).filter(({ source }) => source === 'sns');
  const fifo = topics.find(({ name }) => name?.endsWith('.fifo'));
  if (fifo === undefined) return;
  throw new BootstrapError(
    `${labelOf(fifo)}: FIFO topics deliver to SQS queues only, and invoke no functions. Subscribe a queue to the ` +
      "topic, and name it, as in via: { sqs: 'orders.fifo' }.",
  );
}

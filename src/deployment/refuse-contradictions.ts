import { checkSchedules } from '../application/plan/schedules/check-schedules.js';
import { ConsumerRegistry, type DeclaredConsumer } from '../application/records/consumer-registry.js';
import type { ApplicationDescription } from '../contracts/application-description.js';

/**
 * Refuses before the deployment the consumers that the bootstrap would refuse after it.
 *
 * @throws BootstrapError for a schedule that EventBridge Scheduler does not take, and when two consumers, or a consumer
 *   and the option `requestsVia`, take the same records.
 */
export function refuseContradictions({
  consumers,
  requestsVia,
}: Pick<ApplicationDescription, 'consumers' | 'requestsVia'>): void {
  for (const type of new Set(consumers.map((consumer) => consumer.type))) checkSchedules(type);
  const registry = new ConsumerRegistry<DeclaredConsumer>();
  // Several methods with @OnEvent may take an event: the first whose predicate returns true gets it.
  for (const { handler, ...metadata } of consumers.filter(({ source }) => source !== 'event')) {
    registry.add({ name: handler, metadata, criteria: Object.entries(metadata.criteria) });
  }
  for (const carriage of requestsVia) registry.addRequests(carriage);
}

import { ConsumerRegistry, type DeclaredConsumer } from '../application/records/consumer-registry.js';
import type { ApplicationDescription } from '../contracts/application-description.js';

/**
 * Refuses before the deployment what the bootstrap would refuse after it.
 *
 * @throws BootstrapError when two consumers, or a consumer and the option `requestsVia`, want the same records.
 */
export function refuseContradictions({
  consumers,
  requestsVia,
}: Pick<ApplicationDescription, 'consumers' | 'requestsVia'>): void {
  const takers = new ConsumerRegistry<DeclaredConsumer>();
  // Of those with @OnEvent the first whose predicate says yes takes an event.
  for (const { handler, ...metadata } of consumers.filter(({ source }) => source !== 'event')) {
    takers.add({ name: handler, metadata, criteria: Object.entries(metadata.criteria) });
  }
  for (const carriage of requestsVia) takers.addRequests(carriage);
}

import { ConsumerRegistry, type DeclaredConsumer } from '../application/records/consumer-registry.js';
import type { Carriage } from '../shared/event-types.js';
import type { DeployedConsumer } from './subscription.js';

/**
 * Returns a registry of described consumers, which finds the one of a record as the application does. Methods with
 * `@OnEvent` are left out: what they take is decided by predicates, which a description does not have.
 *
 * @throws BootstrapError when two consumers, or a consumer and the option `requestsVia`, take the same records.
 */
export function describedRegistry({ consumers, requestsVia }: Described): ConsumerRegistry<DeclaredConsumer> {
  const registry = new ConsumerRegistry<DeclaredConsumer>();
  for (const { source, criteria, via, handler } of consumers) {
    if (source === 'event') continue;
    const metadata = { source, criteria, ...(via && { via }) };
    registry.add({ name: handler, metadata, criteria: Object.entries(criteria) });
  }
  for (const carriage of requestsVia) registry.addRequests(carriage);
  return registry;
}

interface Described {
  readonly consumers: readonly DeployedConsumer[];
  readonly requestsVia: readonly Carriage[];
}

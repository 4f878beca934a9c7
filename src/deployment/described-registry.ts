import { type ConsumerRegistry, type DeclaredConsumer, registryOf } from '../application/records/consumer-registry.js';
import type { Carriage } from '../shared/event-types.js';
import type { DeployedConsumer } from './subscription.js';

/**
 * Returns a registry of described consumers, which finds the one of a record as the application does. Methods with
 * `@OnEvent` are left out: what they take is decided by predicates, which a description does not have.
 *
 * @throws BootstrapError when two consumers, or a consumer and the option `requestsVia`, take the same records.
 */
export function describedRegistry({ consumers, requestsVia }: Described): ConsumerRegistry<DeclaredConsumer> {
  const declared = consumers
    .filter(({ source }) => source !== 'event')
    .map(({ source, criteria, via, handler }) => ({
      name: handler,
      metadata: { source, criteria, ...(via && { via }) },
      criteria: Object.entries(criteria),
    }));
  return registryOf(declared, requestsVia);
}

interface Described {
  readonly consumers: readonly DeployedConsumer[];
  readonly requestsVia: readonly Carriage[];
}

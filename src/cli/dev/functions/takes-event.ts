import { ConsumerRegistry, type DeclaredConsumer } from '../../../application/records/consumer-registry.js';
import { detectRecordAdapters } from '../../../events/record-adapters.js';
import type { FunctionConsumer, FunctionDescription } from '../runtime/process-messages.js';

/** Whether a consumer of the function takes an event. Those of `@OnEvent` are not asked: their predicates are code. */
export function takesEvent({ consumers, requestsVia }: FunctionDescription, event: unknown): boolean {
  const registry = new ConsumerRegistry<DeclaredConsumer>();
  for (const consumer of consumers) if (consumer.source !== 'event') registry.add(declared(consumer));
  for (const carriage of requestsVia) registry.addRequests(carriage);
  try {
    return detectRecordAdapters(event).some((adapter) =>
      adapter.decode(event).some((record) => registry.find(adapter.source, record) !== undefined),
    );
  } catch {
    // What is wrong with a malformed event is reported by the function that gets it.
    return false;
  }
}

function declared({ source, criteria, via, handler }: FunctionConsumer): DeclaredConsumer {
  return {
    name: handler,
    metadata: { source, criteria, ...(via && { via }) },
    criteria: Object.entries(criteria),
  };
}

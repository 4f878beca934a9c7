import { describedRegistry } from '../../../deployment/described-registry.js';
import { detectRecordAdapters } from '../../../events/detection/record-adapters.js';
import type { FunctionDescription } from '../runtime/process-messages.js';

/** Whether a consumer of the function takes an event. Those of `@OnEvent` are not asked: their predicates are code. */
export function takesEvent(description: FunctionDescription, event: unknown): boolean {
  const registry = describedRegistry(description);
  try {
    return detectRecordAdapters(event).some((adapter) =>
      adapter.decode(event).some((record) => registry.find(adapter.source, record) !== undefined),
    );
  } catch {
    // What is wrong with a malformed event is reported by the function that gets it.
    return false;
  }
}

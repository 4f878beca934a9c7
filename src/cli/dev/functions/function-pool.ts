import { matches } from '../../../application/records/consumer-registry.js';
import { describedRegistry } from '../../../deployment/described-registry.js';
import { subscriptionsOf } from '../../../deployment/subscription.js';
import { detectRecordAdapters } from '../../../events/detection/record-adapters.js';
import type { ProjectFunctions } from '../../project/package-json.js';
import type { FunctionDescription } from '../runtime/process-messages.js';
import { LiveFunction, type LiveFunctionObserver, type LiveProject } from './live-function.js';

/** The running functions of a project, by name. */
export class FunctionPool {
  #functions: ReadonlyMap<string, LiveFunction> = new Map();

  /** @param chosen the function that gets HTTP requests; by default the first with routes. */
  constructor(
    private readonly project: LiveProject,
    private readonly observer: LiveFunctionObserver,
    private readonly chosen: string | undefined,
  ) {}

  get all(): LiveFunction[] {
    return [...this.#functions.values()];
  }

  get names(): string[] {
    return [...this.#functions.keys()];
  }

  get(name: string): LiveFunction | undefined {
    return this.#functions.get(name);
  }

  /** Starts new functions, stops removed ones, and keeps all in the given order. */
  update(functions: ProjectFunctions): void {
    const before = this.#functions;
    this.#functions = new Map(
      Object.entries(functions).map(([name, source]) => [name, this.#existingOrNew(name, source)]),
    );
    for (const [name, fn] of before) if (this.#functions.get(name) !== fn) void fn.close();
    for (const [name, fn] of this.#functions) if (before.get(name) !== fn) fn.restart();
  }

  #existingOrNew(name: string, source: string): LiveFunction {
    const known = this.#functions.get(name);
    return known?.source === source ? known : new LiveFunction(name, source, this.project, this.observer);
  }

  /**
   * Returns the function that gets HTTP requests. Routes are known once a function has loaded. One that has never
   * loaded may have some, so it is preferred to the next: its error is a better response than that of another
   * function.
   */
  async front(): Promise<LiveFunction> {
    const named = this.chosen === undefined ? undefined : this.#functions.get(this.chosen);
    if (named) return named;
    for (const fn of this.all) {
      if (!fn.description) await Promise.allSettled([fn.running()]);
      if (!fn.description || hasRoutes(fn)) return fn;
    }
    return this.all[0]!;
  }

  /** Returns the consumer of a queue: by its name, by a pattern, or of all queues. */
  consumerOf(queue: string): LiveFunction | undefined {
    const consumer = (accepts: (wanted: string) => boolean) =>
      this.all.find(({ description }) => description && queuesOf(description).some(accepts));
    return (
      consumer((wanted) => wanted === queue) ??
      consumer((wanted) => wanted !== '*' && matches(wanted, queue)) ??
      consumer((wanted) => wanted === '*')
    );
  }

  /** Returns the functions with a consumer for an event. */
  takersOf(event: unknown): LiveFunction[] {
    return this.all.filter(({ description }) => description && takesEvent(description, event));
  }
}

/** Returns the names or patterns of the queues that a function consumes; `*` for all. */
function queuesOf({ consumers, requestsVia }: FunctionDescription): string[] {
  return subscriptionsOf(consumers, requestsVia).flatMap(({ source, name = '*' }) => (source === 'sqs' ? [name] : []));
}

function hasRoutes({ description }: LiveFunction): boolean {
  return description !== undefined && description.routes.length + description.lazy.length > 0;
}

/** Whether a consumer of the function takes an event. Those of `@OnEvent` are not asked: their predicates are code. */
function takesEvent(description: FunctionDescription, event: unknown): boolean {
  const registry = describedRegistry(description);
  try {
    return detectRecordAdapters(event).some((adapter) =>
      adapter.decode(event).some((record) => registry.find(adapter.source, record) !== undefined),
    );
  } catch {
    // The function that gets a malformed event reports what is wrong with it.
    return false;
  }
}

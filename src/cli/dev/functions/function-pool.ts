import { matches } from '../../../application/records/consumer-registry.js';
import type { ProjectFunctions } from '../../project/package-json.js';
import { LiveFunction, type LiveFunctionObserver, type LiveProject } from './live-function.js';

/** The functions of a project by name. */
export class FunctionPool {
  #functions: ReadonlyMap<string, LiveFunction> = new Map();

  /** @param chosen the one that HTTP requests go to, where it is not the first with routes. */
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

  /**
   * Starts functions that are new, ends those that are named no more, and has all in the sequence in which they are
   * named.
   */
  take(functions: ProjectFunctions): void {
    const before = this.#functions;
    this.#functions = new Map(Object.entries(functions).map(([name, source]) => [name, this.#named(name, source)]));
    for (const [name, fn] of before) if (this.#functions.get(name) !== fn) void fn.close();
    for (const [name, fn] of this.#functions) if (before.get(name) !== fn) fn.restart();
  }

  #named(name: string, source: string): LiveFunction {
    const known = this.#functions.get(name);
    return known?.source === source ? known : new LiveFunction(name, source, this.project, this.observer);
  }

  /**
   * The one that HTTP requests go to; whether one has routes shows when it is loaded. One that could never be loaded
   * may have some: better an answer that tells what is wrong with it than another function's.
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

  /** The one that consumes a queue: by its name, by a pattern, or because it takes all, or else the one in front. */
  async consumerOf(queue: string): Promise<LiveFunction> {
    const consumer = (takes: (wanted: string) => boolean) =>
      this.all.find(({ description }) => description?.queues.some(takes));
    return (
      consumer((wanted) => wanted === queue) ??
      consumer((wanted) => wanted !== '*' && matches(wanted, queue)) ??
      consumer((wanted) => wanted === '*') ??
      (await this.front())
    );
  }
}

function hasRoutes({ description }: LiveFunction): boolean {
  return description !== undefined && description.routes.length + description.lazy.length > 0;
}

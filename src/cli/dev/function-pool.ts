import type { ProjectFunctions } from '../project-functions.js';
import { LiveFunction, type LiveFunctionObserver, type LiveProject } from './live-function.js';

/** The functions of a project by name. */
export class FunctionPool {
  readonly #functions = new Map<string, LiveFunction>();

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

  /** Starts functions that are new, and ends those that are named no more. */
  take(functions: ProjectFunctions): void {
    for (const [name, fn] of this.#functions) {
      if (functions[name] === fn.source) continue;
      void fn.close();
      this.#functions.delete(name);
    }
    for (const [name, source] of Object.entries(functions)) {
      if (this.#functions.has(name)) continue;
      const fn = new LiveFunction(name, source, this.project, this.observer);
      this.#functions.set(name, fn);
      fn.restart();
    }
  }

  /** The one that HTTP requests go to; whether one has routes shows when it is loaded. */
  async front(): Promise<LiveFunction> {
    const named = this.chosen === undefined ? undefined : this.#functions.get(this.chosen);
    if (named) return named;
    for (const fn of this.all) {
      if (!fn.description) await Promise.allSettled([fn.running()]);
      if (hasRoutes(fn)) return fn;
    }
    return this.all[0]!;
  }

  /** The one that consumes a queue: by its name, or because it takes all, or else the one in front. */
  async consumerOf(queue: string): Promise<LiveFunction> {
    const consumer = (name: string) => this.all.find(({ description }) => description?.queues.includes(name));
    return consumer(queue) ?? consumer('*') ?? (await this.front());
  }
}

function hasRoutes({ description }: LiveFunction): boolean {
  return description !== undefined && description.routes.length + description.lazy.length > 0;
}

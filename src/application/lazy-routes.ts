import type { ModuleNode } from '../modules/module-node.js';
import type { LazyModule } from '../shared/module.js';
import { joinPath } from './route-paths.js';
import type { VersioningOptions } from './versioning.js';

interface Entry {
  readonly module: LazyModule;
  readonly matches: RegExp;
  loading: Promise<void> | undefined;
}

/** The modules whose routes are not there yet. Each is loaded at the first request under its prefix. */
export class LazyRoutes {
  readonly #entries = new Set<Entry>();

  /**
   * @param bootstrap Loads a module and makes its instances; it is tried again when it fails.
   * @param addRoutes Adds the routes of what was loaded. A mistake in them stays one: every request is told of it.
   */
  constructor(
    private readonly bootstrap: (module: LazyModule) => Promise<readonly ModuleNode[]>,
    private readonly addRoutes: (module: LazyModule, added: readonly ModuleNode[]) => void,
  ) {}

  add(module: LazyModule, versioning: VersioningOptions | undefined): void {
    const version = versioning?.type === 'path' ? `(?:/${escape(versioning.prefix ?? 'v')}[^/]+)?` : '';
    const prefix = joinPath(module.lazyPrefix);
    const matches = new RegExp(`^${version}${prefix === '/' ? '' : escape(prefix)}(?:/|$)`);
    this.#entries.add({ module, matches, loading: undefined });
  }

  /** Something to wait for when the path belongs to a module that is not loaded. Shared by those who wait together. */
  load(path: string): Promise<void> | undefined {
    return this.#entries.size === 0 ? undefined : this.#load(path);
  }

  #load(path: string): Promise<void> | undefined {
    for (const entry of this.#entries) {
      if (entry.matches.test(path)) return (entry.loading ??= this.#start(entry));
    }
    return undefined;
  }

  async #start(entry: Entry): Promise<void> {
    this.addRoutes(entry.module, await this.#bootstrap(entry));
    this.#entries.delete(entry);
  }

  async #bootstrap(entry: Entry): Promise<readonly ModuleNode[]> {
    try {
      return await this.bootstrap(entry.module);
    } catch (error) {
      entry.loading = undefined;
      throw error;
    }
  }
}

function escape(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

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
  readonly #load: (module: LazyModule) => Promise<void>;

  /** @param load Bootstraps a module and adds its routes. */
  constructor(load: (module: LazyModule) => Promise<void>) {
    this.#load = load;
  }

  add(module: LazyModule, versioning: VersioningOptions | undefined): void {
    const version = versioning?.type === 'path' ? `(?:/${escape(versioning.prefix ?? 'v')}[^/]+)?` : '';
    const matches = new RegExp(`^${version}${escape(joinPath(module.lazyPrefix))}(?:/|$)`);
    this.#entries.add({ module, matches, loading: undefined });
  }

  /** Something to wait for when the path belongs to a module that is not loaded. Shared by those who wait together. */
  load(path: string): Promise<void> | undefined {
    for (const entry of this.#entries) {
      if (entry.matches.test(path)) return (entry.loading ??= this.#start(entry));
    }
    return undefined;
  }

  /** A module that failed to load is tried again by the next request. */
  async #start(entry: Entry): Promise<void> {
    try {
      await this.#load(entry.module);
      this.#entries.delete(entry);
    } finally {
      entry.loading = undefined;
    }
  }
}

function escape(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

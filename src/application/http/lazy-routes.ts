import type { ModuleNode } from '../../modules/plan/module-node.js';
import { Router } from '../../router/router.js';
import type { LazyModule } from '../../shared/module.js';
import { joinPath } from '../options/join-path.js';
import type { VersioningOptions } from '../options/versioning-options.js';

interface Entry {
  readonly module: LazyModule;
  /** Before every path of it. */
  readonly prefix: string;
  /**
   * Of one route, which takes whatever the routes of the module may take: parameters and encoded characters included.
   */
  readonly router: Router<string>;
  /**
   * A path without encoded characters is compared with the prefix: every request to others passes here until all are
   * loaded.
   */
  readonly isPlain: boolean;
  readonly rank: number;
  loading: Promise<void> | undefined;
  isLoaded: boolean;
}

export interface LazyRoutesOptions {
  readonly versioning: VersioningOptions | undefined;
  readonly caseSensitive: boolean;
  /** Loads a module and makes its instances; it is tried again when it fails. */
  readonly bootstrap: (module: LazyModule) => Promise<readonly ModuleNode[]>;
  /** Adds the routes of what was loaded. A mistake in them stays one: every request is told of it. */
  readonly addRoutes: (added: readonly ModuleNode[], prefix: string) => void;
  /** Whether there is a route for a path, whatever its method. */
  readonly isRouted: (path: string) => boolean;
}

/** The modules whose routes are not there yet. Each is loaded at the first request under its prefix. */
export class LazyRoutes {
  /** The longest prefixes first. Those that are loaded stay, as they answer before shorter ones. */
  #entries: readonly Entry[] = [];
  #missing = 0;

  constructor(private readonly options: LazyRoutesOptions) {}

  /** @param within The prefix of the lazy module that imports it: it stands below that, and may say it again. */
  add(module: LazyModule, within = '/'): void {
    const prefix = below(within, joinPath(module.lazyPrefix));
    const segments = prefix.split('/').filter((segment) => segment !== '');
    const rank = 2 * segments.length - segments.filter((segment) => /[:{*]/.test(segment)).length;
    const isPlain =
      this.options.versioning?.type !== 'path' && this.options.caseSensitive && /^[\w./~-]*$/.test(prefix);
    const entry = {
      module,
      prefix,
      router: this.#routerOf(prefix, module.lazyPrefix),
      isPlain,
      rank,
      loading: undefined,
      isLoaded: false,
    };
    this.#entries = [...this.#entries, entry].toSorted((a, b) => b.rank - a.rank);
    this.#missing++;
  }

  /**
   * Something to wait for when the path may belong to a module that is not loaded. Shared by those who wait together.
   */
  load(path: string): Promise<void> | undefined {
    if (this.#missing === 0) return undefined;
    const next = this.#next(path);
    return next && this.#loadAll(next, path);
  }

  /**
   * What is loaded may bring lazy modules of its own; and a shorter prefix is worth a look where a longer one has no
   * route.
   */
  async #loadAll(first: Entry, path: string): Promise<void> {
    for (let next: Entry | undefined = first; next; next = this.#next(path)) await (next.loading ??= this.#start(next));
  }

  #next(path: string): Entry | undefined {
    let isAnswered = false;
    for (const entry of this.#entries) {
      if (!matches(entry, path)) continue;
      if (!entry.isLoaded) return isAnswered && this.options.isRouted(path) ? undefined : entry;
      isAnswered = true;
    }
    return undefined;
  }

  async #start(entry: Entry): Promise<void> {
    const added = await this.#bootstrap(entry);
    this.options.addRoutes(added, entry.prefix);
    for (const { lazyModules } of added) for (const module of lazyModules) this.add(module, entry.prefix);
    entry.isLoaded = true;
    this.#missing--;
  }

  async #bootstrap(entry: Entry): Promise<readonly ModuleNode[]> {
    try {
      return await this.options.bootstrap(entry.module);
    } catch (error) {
      entry.loading = undefined;
      throw error;
    }
  }

  #routerOf(prefix: string, name: string): Router<string> {
    const { versioning } = this.options;
    // Whatever a slash at the end means for its routes, they are below the prefix.
    const router = new Router<string>(() => `lazy("${name}")`, {
      ignoreTrailingSlash: true,
      caseSensitive: this.options.caseSensitive,
    });
    const starts =
      versioning?.type === 'path' ? [prefix, joinPath(`${versioning.prefix ?? 'v'}:version`, prefix)] : [prefix];
    for (const start of starts) for (const pattern of [start, joinPath(start, '*')]) router.add('ALL', pattern, prefix);
    return router;
  }
}

function below(outer: string, inner: string): string {
  return inner === outer || inner.startsWith(`${outer}/`) ? inner : joinPath(outer, inner);
}

function matches({ router, isPlain, prefix }: Entry, path: string): boolean {
  if (isPlain && !path.includes('%'))
    return prefix === '/' || path === prefix || (path.startsWith(prefix) && path[prefix.length] === '/');
  try {
    return router.match('GET', path) !== undefined;
  } catch {
    // Badly encoded: that is answered as everywhere else.
    return false;
  }
}

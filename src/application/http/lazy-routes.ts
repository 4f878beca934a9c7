import { AsyncResource } from 'node:async_hooks';
import type { GatewayTimeoutException } from '../../errors/exceptions.js';
import type { Request } from '../../http/request/request.js';
import { annotateError } from '../../modules/annotate-error.js';
import { joinPath } from '../../router/paths.js';
import { planPattern } from '../../router/plan-pattern.js';
import { addRoute, Router } from '../../router/router.js';
import type { LazyModule } from '../../shared/module.js';
import { onDemand } from '../../shared/on-demand.js';
import type { ApplicationPlan, LazyModulePlan, RoutePlan } from '../application-plan.js';
import type { MethodCompiler } from '../method/method-compiler.js';
import type { ApplicationConfig } from '../options/application-config.js';
import { versionSegment } from '../options/versioning.js';
import type { HttpContext } from './http-context.js';

/** A lazy module where it is imported: the same may stand under several prefixes. */
export interface PlacedModule {
  readonly module: LazyModule;
  /** The prefix of all its paths. */
  readonly prefix: string;
}

interface Entry extends PlacedModule {
  /** Matches every path that a route of the module may match, with parameters and encoded characters. */
  readonly router: Router<string>;
  /**
   * Whether a path without encoded characters may just be compared with the prefix: until all modules are loaded, every
   * request is checked here.
   */
  readonly isPlain: boolean;
  readonly rank: number;
  loading: Promise<void> | undefined;
  isLoaded: boolean;
}

/** A request that may have to wait for modules. */
type Waiting = Pick<HttpContext, 'request' | 'deadline'>;

interface LazyRoutesOptions {
  readonly config: ApplicationConfig;
  /** Loads a module and creates its instances; a failed load is tried again. */
  readonly load: (module: LazyModule, prefix: string) => Promise<LazyModulePlan>;
  /** Adds the routes of loaded modules. An error in them is permanent: every request under the prefix gets it. */
  readonly addRoutes: (added: readonly RoutePlan[]) => void;
  /** Returns whether a route that is there handles the request. */
  readonly isRouted: (request: Request) => boolean;
}

/** Loads lazy modules: each at the first request under its prefix. */
export class LazyRoutes {
  /** The longest prefixes first. Loaded modules stay, because they come before those with shorter prefixes. */
  #entries: readonly Entry[] = [];
  #missing = 0;
  /** Modules are loaded for all requests: what they keep must not be of the one that happened to be the first. */
  readonly #outside = new AsyncResource('lambent.LazyRoutes');

  constructor(private readonly options: LazyRoutesOptions) {}

  /** @param within The prefix of the lazy module that imports it, which its own prefix may repeat. */
  add(module: LazyModule, within = '/'): void {
    const prefix = prefixOf(module, within);
    const segments = prefix.split('/').filter((segment) => segment !== '');
    const rank = 2 * segments.length - segments.filter((segment) => /[:{*]/.test(segment)).length;
    const { config } = this.options;
    const isPlain =
      config.options.versioning?.type !== 'path' && config.router.caseSensitive && /^[\w./~-]*$/.test(prefix);
    const entry = {
      module,
      prefix,
      router: routerOf(prefix, config),
      isPlain,
      rank,
      loading: undefined,
      isLoaded: false,
    };
    this.#entries = [...this.#entries, entry].toSorted((a, b) => b.rank - a.rank);
    this.#missing++;
  }

  /** Returns a promise to wait for if the request may belong to a module that is not loaded; requests share it. */
  load(context: Waiting): Promise<void> | undefined {
    if (this.#missing === 0) return undefined;
    const next = this.#next(context.request);
    return next && this.#loadAll(next, context);
  }

  /** Loads one module after the other: a loaded one may import more, and a shorter prefix may have the route. */
  async #loadAll(first: Entry, { request, deadline }: Waiting): Promise<void> {
    let next: Entry | undefined = first;
    deadline.whenOver((error) => next && explain(error as GatewayTimeoutException, next));
    try {
      for (; next; next = this.#next(request)) await (next.loading ??= this.#start(next));
    } finally {
      next = undefined;
    }
  }

  /** Of modules under the same prefix, any may have the route, or a more specific one. */
  #next(request: Request): Entry | undefined {
    let loaded = -1;
    for (const entry of this.#entries) {
      if (!matches(entry, request.path)) continue;
      if (!entry.isLoaded) return loaded > entry.rank && this.options.isRouted(request) ? undefined : entry;
      loaded = entry.rank;
    }
    return undefined;
  }

  async #start(entry: Entry): Promise<void> {
    const { routes, lazyModules } = await this.#bootstrap(entry);
    this.options.addRoutes(routes);
    for (const module of lazyModules) this.add(module, entry.prefix);
    entry.isLoaded = true;
    this.#missing--;
  }

  async #bootstrap(entry: Entry): Promise<LazyModulePlan> {
    try {
      return await this.#outside.runInAsyncScope(this.options.load, undefined, entry.module, entry.prefix);
    } catch (error) {
      entry.loading = undefined;
      throw annotateError(error, `in ${nameOf(entry)}`);
    }
  }
}

/** Creates what loads the lazy modules of a plan. */
export function lazyRoutes(
  { lazyModules, lazyPlanner }: ApplicationPlan,
  { config, container }: MethodCompiler,
  routes: Pick<LazyRoutesOptions, 'addRoutes' | 'isRouted'>,
): LazyRoutes {
  const planner = onDemand(async () => lazyPlanner!());
  const lazy = new LazyRoutes({
    ...routes,
    config,
    load: async (module, prefix) => container.load((await planner()).prepare(module, prefix)),
  });
  for (const module of lazyModules!) lazy.add(module);
  return lazy;
}

/** @throws BootstrapError for a malformed prefix. */
export function checkPrefixes(modules: readonly LazyModule[], within: string, config: ApplicationConfig): void {
  for (const module of modules) routerOf(prefixOf(module, within), config);
}

function routerOf(prefix: string, { options, router: { caseSensitive } }: ApplicationConfig): Router<string> {
  const { versioning } = options;
  // With or without a trailing slash, its routes are below the prefix.
  const router = new Router<string>({ ignoreTrailingSlash: true, caseSensitive });
  const owner = nameOf({ prefix });
  const starts =
    versioning?.type === 'path' ? [prefix, joinPath(versionSegment(versioning, ':__version'), prefix)] : [prefix];
  for (const pattern of starts.flatMap((start) => [start, joinPath(start, '*')])) {
    const route = { method: 'ALL', pattern, target: prefix, version: undefined } as const;
    addRoute(router, route, planPattern(pattern, owner, router.options), () => owner);
  }
  return router;
}

/** @param within The prefix of the lazy module that imports it, which its own prefix may repeat. */
export function prefixOf({ lazyPrefix }: LazyModule, within = '/'): string {
  const prefix = joinPath(lazyPrefix);
  return prefix === within || prefix.startsWith(`${within}/`) ? prefix : joinPath(within, prefix);
}

export function isAt(placed: PlacedModule, module: LazyModule, prefix: string): boolean {
  return placed.module === module && placed.prefix === prefix;
}

/** Names a lazy module by its whole prefix: other modules may have its own prefix, too. */
export function nameOf({ prefix }: Pick<PlacedModule, 'prefix'>): string {
  return `lazy("${prefix.slice(1)}")`;
}

/** Says in the error of a request whose time is up what it waited for. */
function explain(error: GatewayTimeoutException, entry: Entry): void {
  const errorDetail = `${String(error.errorDetail)}: ${nameOf(entry)} was still being loaded`;
  Object.assign(error, { errorDetail });
}

function matches({ router, isPlain, prefix }: Entry, path: string): boolean {
  if (isPlain && !path.includes('%'))
    return prefix === '/' || path === prefix || (path.startsWith(prefix) && path[prefix.length] === '/');
  try {
    return router.match('GET', path) !== undefined;
  } catch {
    // The path is badly encoded, which matching it will report.
    return false;
  }
}

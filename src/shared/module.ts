import type { Provider } from './provider.js';
import type { ForwardReference, Token } from './token.js';
import type { Constructor, MaybePromise } from './types.js';

/** What `@Module` takes. */
export interface ModuleMetadata {
  imports?: readonly ModuleImport[];
  controllers?: readonly Constructor[];
  providers?: readonly Provider[];
  /** Tokens of own providers, own providers themselves, or imported modules to pass on. */
  exports?: readonly ModuleExport[];
}

/** What `forRoot` and `forRootAsync` return: a module class with more of everything. */
export interface DynamicModule extends ModuleMetadata {
  module: Constructor;
  global?: boolean;
}

/** A module whose routes are loaded at the first request under `prefix`; made by `lazy()`. */
export interface LazyModule {
  readonly lazyPrefix: string;
  readonly load: () => Promise<Constructor | DynamicModule>;
}

export type ModuleReference = Constructor | DynamicModule;
export type ModuleImport = ModuleReference | Promise<DynamicModule> | ForwardReference<ModuleReference> | LazyModule;
export type ModuleExport = Token | Provider | DynamicModule | ForwardReference<ModuleReference | Token>;

/**
 * Routes that are loaded, bootstrapped and added at the first request under `prefix`.
 *
 * A lazy module has no exports and no consumers: nothing outside may depend on it.
 *
 * @throws TypeError for a prefix that is no text, and for what is no function.
 */
export function lazy(prefix: string, load: () => MaybePromise<ModuleReference>): LazyModule {
  if (typeof prefix !== 'string' || typeof load !== 'function') {
    throw new TypeError("lazy takes a prefix and a function, as in lazy('reports', () => import('./reports.module.js').then((m) => m.ReportsModule)).");
  }
  return { lazyPrefix: prefix, load: async () => load() };
}

export function isLazyModule(value: unknown): value is LazyModule {
  return typeof value === 'object' && value !== null && 'lazyPrefix' in value;
}

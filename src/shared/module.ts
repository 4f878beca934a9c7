import { forget } from './promise.js';
import type { Provider } from './provider.js';
import type { ForwardReference, Token } from './token.js';
import { type Constructor, isObject, type MaybePromise } from './types.js';

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
/** An entry of `imports`. A promise is asked once; a reference to one is called anew where a bootstrap has failed. */
export type ModuleImport =
  | ModuleReference
  | Promise<DynamicModule>
  | ForwardReference<ModuleReference | Promise<DynamicModule>>
  | LazyModule;
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
    throw new TypeError(
      "lazy takes a prefix and a function, as in lazy('reports', () => import('./reports.module.js').then((m) => m.ReportsModule)).",
    );
  }
  return { lazyPrefix: prefix, load: async () => load() };
}

export function isLazyModule(value: unknown): value is LazyModule {
  return typeof value === 'object' && value !== null && 'lazyPrefix' in value;
}

/**
 * Whoever awaits the promises of a module, or of dynamic modules in it, is told what they are rejected with. Until
 * then, or if that is never, one that fails must end no process: a mistake elsewhere may be found first.
 */
export function forgetPromises(metadata: ModuleMetadata): void {
  // Nobody has looked at it yet: it may be none.
  const all = new Set<ModuleMetadata>([Object(metadata) as ModuleMetadata]);
  for (const { imports, providers } of all) {
    for (const entry of listed(imports)) {
      forget(entry);
      if (isObject(entry) && 'module' in entry) all.add(entry as DynamicModule);
    }
    for (const entry of listed(providers)) if (isObject(entry) && 'useValue' in entry) forget(entry.useValue);
  }
}

function listed(entries: unknown): readonly unknown[] {
  return Array.isArray(entries) ? entries : [];
}

import { asList } from './json-values.js';
import { forget } from './promise.js';
import type { Provider } from './provider.js';
import type { ForwardReference, Token } from './token.js';
import { type Constructor, isObject, type MaybePromise } from './types.js';

/** The options of `@Module`. */
export interface ModuleMetadata {
  imports?: readonly ModuleImport[];
  controllers?: readonly Constructor[];
  providers?: readonly Provider[];
  /** Tokens of the module's own providers, the providers themselves, or imported modules to re-export. */
  exports?: readonly ModuleExport[];
}

/** The result of `forRoot` and `forRootAsync`: a module class with additional metadata. */
export interface DynamicModule extends ModuleMetadata {
  module: Constructor;
  global?: boolean;
}

/** A module whose routes are loaded by the first request under its prefix. Created by `lazy()`. */
export interface LazyModule {
  readonly lazyPrefix: string;
  readonly load: () => Promise<Constructor | DynamicModule>;
}

export type ModuleReference = Constructor | DynamicModule;
/** An entry of `imports`. A promise is awaited once; a `forwardRef` to one is called again after a failed bootstrap. */
export type ModuleImport =
  | ModuleReference
  | Promise<DynamicModule>
  | ForwardReference<ModuleReference | Promise<DynamicModule>>
  | LazyModule;
export type ModuleExport = Token | Provider | DynamicModule | ForwardReference<ModuleReference | Token>;

/**
 * Declares a module that is loaded and bootstrapped by the first request under `prefix`.
 *
 * A lazy module has no exports and no consumers: nothing outside may depend on it.
 *
 * @throws TypeError when the prefix is not a string, or `load` is not a function.
 */
export function lazy(prefix: string, load: () => MaybePromise<ModuleReference>): LazyModule {
  if (typeof prefix !== 'string' || typeof load !== 'function') {
    throw new TypeError(
      'lazy takes a prefix and a function, as in ' +
        "lazy('reports', () => import('./reports.module.js').then((m) => m.ReportsModule)).",
    );
  }
  return { lazyPrefix: prefix, load: async () => load() };
}

export function isLazyModule(value: unknown): value is LazyModule {
  return typeof value === 'object' && value !== null && 'lazyPrefix' in value;
}

/**
 * Keeps a rejected promise among a module's imports and values from ending the process before the bootstrap awaits it,
 * or if it never does because it fails earlier. Whoever awaits the promise still gets the error.
 */
export function forgetPromises(metadata: ModuleMetadata): void {
  // The metadata is not validated yet, so it may not be an object.
  const all = new Set<ModuleMetadata>([Object(metadata) as ModuleMetadata]);
  for (const { imports, providers } of all) {
    for (const entry of asList(imports)) {
      forget(entry);
      if (isObject(entry) && 'module' in entry) all.add(entry as DynamicModule);
    }
    for (const entry of asList(providers)) if (isObject(entry) && 'useValue' in entry) forget(entry.useValue);
  }
}

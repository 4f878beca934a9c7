import { aList, callable, checkOptions, type Rules } from '../errors/check-options.js';
import { JSON_CODEC } from '../http/message/json.js';
import { SETTINGS } from '../settings/settings.js';
import type { DynamicModule, ModuleMetadata } from '../shared/module.js';
import type { FactoryDependency } from '../shared/provider.js';
import { InjectionToken } from '../shared/token.js';
import type { Constructor, MaybePromise, ProtectedConstructor } from '../shared/types.js';

/** The store of a module, opened during bootstrap and closed with the application. */
interface StoreDefinition<S extends { close(): void }> {
  readonly module: Constructor;
  readonly store: ProtectedConstructor<S>;
  /** Opens the store. Receives the module's options, then the application's settings and JSON codec, if any. */
  readonly open: (...dependencies: never[]) => Promise<S>;
}

/** Returns a global module that provides a store. */
export function storeModule<O, S extends { close(): void }>(
  { module, store, open }: StoreDefinition<S>,
  given: AsyncOptions<O>,
): DynamicModule {
  checkOptions(given, ASYNC_RULES, `the options of ${module.name}`);
  const { imports = [], inject = [], useFactory } = given;
  const options = new InjectionToken<O>(`${module.name} options`);
  const fromApplication = [SETTINGS, JSON_CODEC].map((token) => ({ token, optional: true }));
  return {
    module,
    global: true,
    imports,
    providers: [
      { provide: options, inject, useFactory },
      {
        provide: store,
        inject: [options, ...fromApplication],
        useFactory: open,
        dispose: (opened: S) => opened.close(),
      },
    ],
    exports: [store],
  };
}

/** Options that must be fetched, or that depend on other providers. */
export interface AsyncOptions<O> {
  /** The modules that export the tokens in `inject`. */
  readonly imports?: ModuleMetadata['imports'];
  /** The tokens of the factory's arguments. */
  readonly inject?: readonly FactoryDependency[];
  /** Returns the options. */
  readonly useFactory: (...dependencies: never[]) => MaybePromise<O>;
}

export const ASYNC_RULES: Rules<AsyncOptions<unknown>> = { imports: aList, inject: aList, useFactory: callable };

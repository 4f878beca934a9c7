import { aList, callable, checkOptions, type Rules } from '../errors/check-options.js';
import { JSON_CODEC } from '../http/message/json.js';
import { SETTINGS } from '../settings/settings.js';
import type { DynamicModule, ModuleMetadata } from '../shared/module.js';
import type { FactoryDependency } from '../shared/provider.js';
import { InjectionToken } from '../shared/token.js';
import type { Constructor, MaybePromise, ProtectedConstructor } from '../shared/types.js';

/** A store that one module brings: opened at bootstrap, closed with the application. */
interface StoreDefinition<S extends { close(): void }> {
  readonly module: Constructor;
  readonly store: ProtectedConstructor<S>;
  /** Opens the store; is given the module's options, then the application's settings and JSON where there are any. */
  readonly open: (...dependencies: never[]) => Promise<S>;
}

/** The module of a store, which every other module can inject. */
export function storeModule<O, S extends { close(): void }>(
  { module, store, open }: StoreDefinition<S>,
  given: AsyncOptions<O>,
): DynamicModule {
  checkOptions(given, ASYNC_RULES, `the options of ${module.name}`);
  const { imports = [], inject = [], useFactory } = given;
  const options = new InjectionToken<O>(`${module.name} options`);
  const applications = [SETTINGS, JSON_CODEC].map((token) => ({ token, optional: true }));
  return {
    module,
    global: true,
    imports,
    providers: [
      { provide: options, inject, useFactory },
      { provide: store, inject: [options, ...applications], useFactory: open, dispose: (opened: S) => opened.close() },
    ],
    exports: [store],
  };
}

/** Options that have to be fetched, or that depend on other providers. */
export interface AsyncOptions<O> {
  /** Modules whose exports `inject` names. */
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: readonly FactoryDependency[];
  readonly useFactory: (...dependencies: never[]) => MaybePromise<O>;
}

export const ASYNC_RULES: Rules<AsyncOptions<unknown>> = { imports: aList, inject: aList, useFactory: callable };

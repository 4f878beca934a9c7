import { checkOptions } from '../errors/option-rules.js';
import { JSON_CODEC } from '../http/json-token.js';
import { SETTINGS } from '../settings/settings-token.js';
import type { DynamicModule } from '../shared/module.js';
import { InjectionToken } from '../shared/token.js';
import type { Constructor, ProtectedConstructor } from '../shared/types.js';
import { type AsyncOptions, ASYNC_RULES } from './async-options.js';

/** A store that one module brings: opened at bootstrap, closed with the application. */
export interface StoreDefinition<S extends { close(): void }> {
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

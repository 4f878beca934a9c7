import { type AsyncOptions, providedOptions } from '../contracts/async-options.js';
import { AWS_USES, type AwsUse } from '../contracts/aws-uses.js';
import { JSON_CODEC } from '../http/message/json.js';
import { SETTINGS } from '../settings/settings.js';
import type { DynamicModule } from '../shared/module.js';
import type { Constructor, ProtectedConstructor } from '../shared/types.js';

/** The store of a module, opened during bootstrap and closed with the application. */
interface StoreDefinition<S extends { close(): void }> {
  readonly module: Constructor;
  readonly store: ProtectedConstructor<S>;
  /** Opens the store. Receives the module's options, then the application's settings and JSON codec, if any. */
  readonly open: (...dependencies: never[]) => Promise<S>;
  /** The store's use of AWS, for deployments. */
  readonly uses?: readonly AwsUse[];
}

/** Returns a global module that provides a store. */
export function storeModule<O, S extends { close(): void }>(
  { module, store, open, uses }: StoreDefinition<S>,
  given: AsyncOptions<O>,
): DynamicModule {
  const { token: options, imports, provider } = providedOptions(module, given);
  const fromApplication = [SETTINGS, JSON_CODEC].map((token) => ({ token, optional: true }));
  return {
    module,
    global: true,
    imports,
    providers: [
      ...(uses ? [{ provide: AWS_USES, useValue: uses }] : []),
      provider,
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

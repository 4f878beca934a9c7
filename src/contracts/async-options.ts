import { aList, callable, type Rules } from '../errors/check-options.js';
import type { ModuleMetadata } from '../shared/module.js';
import type { FactoryDependency } from '../shared/provider.js';
import type { MaybePromise } from '../shared/types.js';

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

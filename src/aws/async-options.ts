import { aList, callable, type Rules } from '../errors/option-rules.js';
import type { ModuleMetadata } from '../shared/module.js';
import type { FactoryDependency } from '../shared/provider.js';
import type { MaybePromise } from '../shared/types.js';

/** Options that have to be fetched, or that depend on other providers. */
export interface AsyncOptions<O> {
  /** Modules whose exports `inject` names. */
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: readonly FactoryDependency[];
  readonly useFactory: (...dependencies: never[]) => MaybePromise<O>;
}

export const ASYNC_RULES: Rules<AsyncOptions<unknown>> = { imports: aList, inject: aList, useFactory: callable };

import { aList, callable, checkOptions, type OptionRule, type OptionRules } from '../errors/check-options.js';
import type { ModuleMetadata } from '../shared/module.js';
import type { FactoryDependency, FactoryProvider } from '../shared/provider.js';
import { InjectionToken } from '../shared/token.js';
import type { Constructor, MaybePromise } from '../shared/types.js';

/** Options that must be fetched, or that depend on other providers. */
export interface AsyncOptions<O> {
  /** The modules that export the tokens in `inject`. */
  readonly imports?: ModuleMetadata['imports'];
  /** The tokens of the factory's arguments. */
  readonly inject?: readonly FactoryDependency[];
  /** Returns the options. */
  readonly useFactory: (...dependencies: never[]) => MaybePromise<O>;
}

const RULES: OptionRules<AsyncOptions<unknown>> = { imports: aList, inject: aList, useFactory: callable };

/** The options of a module, for its other providers. */
export interface ProvidedOptions<O> {
  readonly token: InjectionToken<O>;
  readonly provider: FactoryProvider<O>;
  /** The modules that `provider` needs. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
}

/**
 * Provides the options that `forRootAsync` of a module was given.
 *
 * @param others The rules of options that the factory does not return.
 * @throws BootstrapError for an unknown option or a wrong value.
 */
export function providedOptions<O>(
  { name }: Constructor,
  given: AsyncOptions<O>,
  others: Readonly<Record<string, OptionRule>> = {},
): ProvidedOptions<O> {
  checkOptions<object>(given, { ...others, ...RULES }, `the options of ${name}`);
  const { imports = [], inject = [], useFactory } = given;
  const token = new InjectionToken<O>(`${name} options`);
  return { token, imports, provider: { provide: token, inject, useFactory } };
}

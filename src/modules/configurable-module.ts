import type { DynamicModule, ModuleImport } from '../shared/module.js';
import type { FactoryDependency } from '../shared/provider.js';
import type { InjectionToken, Token } from '../shared/token.js';
import type { Constructor, MaybePromise } from '../shared/types.js';

/** A class whose method creates the options of a module; `create` by default. */
export type OptionsFactory<Options, Method extends string> = Readonly<Record<Method, () => MaybePromise<Options>>>;

/** How the async method of a configurable module gets its options: exactly one of the three ways. */
export interface AsyncModuleOptions<Options, Factory extends string = 'create'> {
  /** Modules whose exports the factory uses. */
  imports?: readonly ModuleImport[];
  /** Creates the options; gets what `inject` names. */
  useFactory?: (...dependencies: never[]) => MaybePromise<Options>;
  inject?: readonly FactoryDependency[];
  /** A class that creates the options, created for it. */
  useClass?: Constructor<OptionsFactory<Options, Factory>>;
  /** A provider that creates the options, from `imports` or a global module. */
  useExisting?: Token<OptionsFactory<Options, Factory>>;
}

/** The class that a configurable module extends, with the methods that the builder names. */
export type ConfigurableModuleClass<
  Options,
  Method extends string,
  Factory extends string,
  Extras,
> = (new () => object) &
  Readonly<Record<Method, (options: Options & Partial<Extras>) => DynamicModule>> &
  Readonly<
    Record<`${Method}Async`, (options: AsyncModuleOptions<Options, Factory> & Partial<Extras>) => DynamicModule>
  >;

/** What `ConfigurableModuleBuilder.build` returns. */
export interface ConfigurableModuleHost<Options, Method extends string, Factory extends string, Extras> {
  /** The class to extend: `class MailModule extends ConfigurableModuleClass {}`. */
  readonly ConfigurableModuleClass: ConfigurableModuleClass<Options, Method, Factory, Extras>;
  /** The token of the options, for `@Inject(MODULE_OPTIONS_TOKEN)`. */
  readonly MODULE_OPTIONS_TOKEN: InjectionToken<Options>;
  /** Only a type: `typeof OPTIONS_TYPE` is what the method takes. */
  readonly OPTIONS_TYPE: Options & Partial<Extras>;
  /** Only a type: `typeof ASYNC_OPTIONS_TYPE` is what the async method takes. */
  readonly ASYNC_OPTIONS_TYPE: AsyncModuleOptions<Options, Factory> & Partial<Extras>;
}

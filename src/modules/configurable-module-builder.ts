import { BootstrapError } from '../errors/bootstrap-error.js';
import {
  aList,
  anything,
  callable,
  checkArguments,
  checkOptions,
  type OptionRule,
  type OptionRules,
  text,
} from '../errors/check-options.js';
import { isOptions } from '../errors/option-names.js';
import type { DynamicModule, ModuleImport } from '../shared/module.js';
import type { FactoryDependency, FactoryProvider, Provider } from '../shared/provider.js';
import { describeToken, InjectionToken, type Token } from '../shared/token.js';
import type { Constructor, MaybePromise } from '../shared/types.js';

/** The options of `ConfigurableModuleBuilder`. */
export interface ConfigurableModuleBuilderOptions {
  /** The name of the module, for error messages. */
  moduleName?: string;
  /** The token of the options, instead of a new one. */
  optionsInjectionToken?: InjectionToken | string | symbol;
}

/** Changes the dynamic module by the extras of a call. */
type Transform<Extras> = (definition: DynamicModule, extras: Extras) => DynamicModule;

type AnyAsyncOptions = AsyncModuleOptions<unknown, string>;

/**
 * Builds the class of a module with options, so that `forRoot` and `forRootAsync` need not be written by hand.
 *
 * `new ConfigurableModuleBuilder<MailOptions>().setClassMethodName('forRoot').build()`
 */
export class ConfigurableModuleBuilder<
  Options,
  Method extends string = 'register',
  Factory extends string = 'create',
  Extras extends object = object,
> {
  readonly #moduleName: string;
  readonly #token: Token;
  #method = 'register';
  #factory = 'create';
  #extras: Readonly<Record<string, unknown>> = {};
  #transform: Transform<never> = (definition) => definition;

  /** @throws BootstrapError for an unknown option or a bad value. */
  constructor(options: ConfigurableModuleBuilderOptions = {}) {
    const rules: OptionRules<ConfigurableModuleBuilderOptions> = { moduleName: text, optionsInjectionToken: anything };
    checkOptions(options, rules, 'the options of ConfigurableModuleBuilder');
    const { moduleName = 'a configurable module', optionsInjectionToken } = options;
    this.#moduleName = moduleName;
    this.#token = optionsInjectionToken ?? new InjectionToken(`options of ${moduleName}`);
  }

  /**
   * Sets the name of the static method, `register` by default. The name of the async one ends in `Async`.
   *
   * @throws BootstrapError for anything but a name, and for one that every class has, such as `name`.
   */
  setClassMethodName<Name extends string>(name: Name): ConfigurableModuleBuilder<Options, Name, Factory, Extras> {
    this.#method = checkedName(name, 'ConfigurableModuleBuilder.setClassMethodName');
    return this as unknown as ConfigurableModuleBuilder<Options, Name, Factory, Extras>;
  }

  /** Sets the method by which a class of `useClass` or `useExisting` creates the options, `create` by default. */
  setFactoryMethodName<Name extends string>(name: Name): ConfigurableModuleBuilder<Options, Method, Name, Extras> {
    this.#factory = checkedName(name, 'ConfigurableModuleBuilder.setFactoryMethodName');
    return this as unknown as ConfigurableModuleBuilder<Options, Method, Name, Extras>;
  }

  /**
   * Adds options that concern the dynamic module, such as `isGlobal`. They are not part of the injected ones.
   *
   * @param extras Their names, with their defaults.
   * @param transform Applies them: `(definition, { isGlobal }) => ({ ...definition, global: isGlobal })`.
   */
  setExtras<More extends object>(
    extras: More,
    transform: Transform<More> = (definition) => definition,
  ): ConfigurableModuleBuilder<Options, Method, Factory, More> {
    this.#extras = { ...extras } as Readonly<Record<string, unknown>>;
    this.#transform = transform as Transform<never>;
    return this as unknown as ConfigurableModuleBuilder<Options, Method, Factory, More>;
  }

  /** Returns the class to extend, and the token of its options. */
  build(): ConfigurableModuleHost<Options, Method, Factory, Extras> {
    class ConfigurableModuleClass {}
    const token = this.#token;
    this.#addMethod(ConfigurableModuleClass, this.#method, (useValue) => ({
      providers: [{ provide: token, useValue }],
    }));
    const asyncName = `${this.#method}Async`;
    const factory = this.#factory;
    this.#addMethod(ConfigurableModuleClass, asyncName, (own) => {
      const options = checkedAsync(own as AnyAsyncOptions, asyncName);
      return { imports: [...(options.imports ?? [])], providers: asyncProviders(options, token, factory) };
    });
    const host = { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: token, ...ONLY_TYPES };
    return host as unknown as ConfigurableModuleHost<Options, Method, Factory, Extras>;
  }

  #addMethod(type: Function, name: string, parts: (own: unknown) => Omit<DynamicModule, 'module'>): void {
    const extras = this.#extras;
    const transform = this.#transform as Transform<object>;
    const label = this.#moduleName;
    function value(this: unknown, given: unknown): DynamicModule {
      if (typeof this !== 'function')
        throw new BootstrapError(`Call ${name} on the class of ${label}, as in TheModule.${name}(…).`);
      const { own, found } = separated(given, extras);
      return transform({ module: this as Constructor, ...parts(own) }, found);
    }
    Object.defineProperty(type, name, { value, writable: true, configurable: true });
  }
}

/** Names that every class has itself, which would hide the inherited method. */
const OF_EACH_CLASS: readonly string[] = ['name', 'length', 'prototype'];

const aName: OptionRule = {
  expected: "the name of a method, as in 'forRoot'",
  accepts: (value) => text.accepts(value) && !OF_EACH_CLASS.includes(value as string),
};

function checkedName(name: string, where: string): string {
  checkArguments({ name }, { name: aName }, where);
  return name;
}

/** Members that have only types. */
const ONLY_TYPES = { OPTIONS_TYPE: undefined, ASYNC_OPTIONS_TYPE: undefined };

/** Separates what a call was given from the extras among it. Without extras, the options stay the object they are. */
function separated(given: unknown, extras: Readonly<Record<string, unknown>>): { own: unknown; found: object } {
  if (Object.keys(extras).length === 0 || !isOptions(given)) return { own: given, found: extras };
  const isExtra = (name: string): boolean => Object.hasOwn(extras, name);
  const entries = Object.entries(given);
  return {
    own: Object.fromEntries(entries.filter(([name]) => !isExtra(name))),
    found: {
      ...extras,
      ...Object.fromEntries(entries.filter(([name, value]) => isExtra(name) && value !== undefined)),
    },
  };
}

const WAYS = ['useFactory', 'useClass', 'useExisting'] as const;

function checkedAsync(options: AnyAsyncOptions, name: string): AnyAsyncOptions {
  const rules: OptionRules<AnyAsyncOptions> = {
    imports: aList,
    useFactory: callable,
    inject: aList,
    useClass: callable,
    useExisting: anything,
  };
  checkOptions(options, rules, `the options of ${name}`);
  const given = WAYS.filter((way) => options[way] !== undefined);
  if (given.length === 1 && (options.useFactory || !options.inject)) return options;
  const found = given.join(' and ') || 'none';
  throw new BootstrapError(
    given.length === 1
      ? `${name} takes inject only with useFactory.`
      : `${name} takes exactly one of ${WAYS.join(', ')}; this call has ${found}.`,
  );
}

function asyncProviders(options: AnyAsyncOptions, provide: Token, factory: string): Provider[] {
  const { useFactory, inject = [], useClass, useExisting } = options;
  if (useFactory) return [{ provide, useFactory, inject }];
  const creator = (useClass ?? useExisting)!;
  const creating: FactoryProvider = {
    provide,
    useFactory: (one: Readonly<Record<string, unknown>>) => created(one, factory, creator),
    inject: [creator],
  };
  return useClass ? [creating, { provide: useClass, useClass }] : [creating];
}

function created(one: Readonly<Record<string, unknown>>, method: string, token: Token): MaybePromise<unknown> {
  if (typeof one[method] === 'function') return (one as Record<string, () => unknown>)[method]!();
  throw new BootstrapError(`${describeToken(token)} has no method ${method}(), which would create the options.`);
}

/** A class whose method creates the options of a module; `create` by default. */
export type OptionsFactory<Options, Method extends string> = Readonly<Record<Method, () => MaybePromise<Options>>>;

/** Options for the async method of a configurable module: exactly one of the three ways to get its options. */
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

/** The result of `ConfigurableModuleBuilder.build`. */
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

import { checkCallOptions, type OptionRule } from '../errors/check-options.js';
import { noteUncalled } from '../metadata/mistakes.js';
import { readMetadata, writeMetadata } from '../metadata/reflection.js';
import { brand } from '../shared/brand.js';
import { methodNames, methodOf } from '../shared/class-methods.js';
import type { Scope } from '../shared/provider.js';
import type { Token } from '../shared/token.js';
import { type Constructor, isObject } from '../shared/types.js';
import type { Lookup } from './instances/provider-lookup.js';
import { nameOf, type ProviderPlan } from './provider-plan.js';

/** The providers and controllers of an application: a part of the plan of one that uses `DiscoveryService`. */
export interface DiscoveryView {
  readonly providers: readonly ProviderPlan[];
  readonly controllers: readonly ProviderPlan[];
}

/** A provider or a controller that was discovered. */
export class InstanceWrapper<T = unknown> {
  readonly #plan: ProviderPlan;
  readonly #lookup: Lookup;

  /** @internal */
  constructor(plan: ProviderPlan, lookup: Lookup) {
    this.#plan = plan;
    this.#lookup = lookup;
  }

  get token(): Token<T> {
    return this.#plan.definition.provide as Token<T>;
  }

  /** The token as text. */
  get name(): string {
    return nameOf(this.#plan);
  }

  /** The name of the module that declares it. */
  get module(): string {
    return this.#plan.moduleName;
  }

  get scope(): Scope {
    return this.#plan.scope;
  }

  /** Whether it is another name of a provider: one with `useExisting`. */
  get isAlias(): boolean {
    return 'useExisting' in this.#plan.definition;
  }

  /** The class. For a factory or a value, that of the instance, once there is one. */
  get metatype(): Constructor<T> | undefined {
    const { definition } = this.#plan;
    if ('useClass' in definition) return definition.useClass as Constructor<T>;
    const { instance } = this;
    return isObject(instance) && typeof instance !== 'function' ? (instance.constructor as Constructor<T>) : undefined;
  }

  /** The single instance; `undefined` before all are created, and for transient and request-scoped providers. */
  get instance(): T | undefined {
    return this.#lookup()?.instanceOf(this.#plan) as T | undefined;
  }
}

/** The providers, controllers or methods to list. */
export interface DiscoveryOptions {
  /**
   * Only those that have the metadata of this decorator: the `KEY` of `DiscoveryService.createDecorator`. Providers
   * with `useExisting` are left out, because their instance is listed where it is created.
   */
  metadataKey?: symbol;
}

/** A decorator of classes and methods, created by `DiscoveryService.createDecorator`. */
export type DiscoverableDecorator<T> = ((value?: T) => ClassDecorator & MethodDecorator) & { readonly KEY: symbol };

/**
 * Lists the providers and controllers of the application with what decorators say about them. Injectable everywhere;
 * there is no module to import.
 */
export class DiscoveryService {
  readonly #view: DiscoveryView;
  readonly #lookup: Lookup;

  /** @internal */
  constructor(view: DiscoveryView, lookup: Lookup) {
    this.#view = view;
    this.#lookup = lookup;
  }

  /** Creates a typed decorator for classes and methods. Without a value, it has the metadata `{}`. */
  static createDecorator<T>(): DiscoverableDecorator<T> {
    const KEY = Symbol('lambent.discoverable');
    const decorator = (...given: [value?: T]) => {
      noteUncalled(given, 'A decorator of DiscoveryService.createDecorator');
      const [value = {}] = given;
      return (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor) =>
        writeMetadata(KEY, value, (descriptor?.value as object | undefined) ?? target);
    };
    return Object.assign(decorator, { KEY });
  }

  /** Returns the providers of all modules that were loaded at the start, in the order of declaration. */
  getProviders(options?: DiscoveryOptions): InstanceWrapper[] {
    return this.#list(this.#view.providers, options);
  }

  /** Returns the controllers of all modules that were loaded at the start, in the order of declaration. */
  getControllers(options?: DiscoveryOptions): InstanceWrapper[] {
    return this.#list(this.#view.controllers, options);
  }

  /** Returns what a decorator says about a class, or about one of its methods; `undefined` if it is not there. */
  getMetadataByDecorator<T>(
    decorator: DiscoverableDecorator<T>,
    { metatype }: InstanceWrapper,
    methodKey?: string | symbol,
  ): T | undefined {
    const target = methodKey === undefined ? metatype : metatype && methodOf(metatype.prototype, methodKey);
    return target && readMetadata<T>(decorator.KEY, target);
  }

  /** Returns the names of the methods of a class and its parents, or of those with a decorator. */
  getMethodNames({ metatype }: InstanceWrapper, options: DiscoveryOptions = {}): (string | symbol)[] {
    checkDiscoveryOptions(options);
    const prototype = metatype?.prototype;
    const all = prototype ? methodNames(prototype) : [];
    if (!('metadataKey' in options)) return all;
    return all.filter((name) => readMetadata(options.metadataKey, methodOf(prototype!, name)!) !== undefined);
  }

  #list(plans: readonly ProviderPlan[], options: DiscoveryOptions = {}): InstanceWrapper[] {
    checkDiscoveryOptions(options);
    const all = plans.map((plan) => new InstanceWrapper(plan, this.#lookup));
    if (!('metadataKey' in options)) return all;
    return all.filter(
      ({ isAlias, metatype }) => !isAlias && metatype && readMetadata(options.metadataKey, metatype) !== undefined,
    );
  }
}
brand(DiscoveryService, 'DiscoveryService');

function checkDiscoveryOptions(options: DiscoveryOptions): void {
  checkCallOptions(options, { metadataKey: aKey }, 'the options of DiscoveryService');
}

/** Refuses `undefined`, as a decorator without a `KEY` has it: every provider would be listed. */
const aKey: OptionRule = {
  expected: 'the KEY of a decorator of DiscoveryService.createDecorator',
  accepts: (value) => typeof value === 'symbol',
  refusesUndefined: true,
};

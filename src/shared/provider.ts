import { brand } from './brand.js';
import { PLANNED } from './planned.js';
import { type ForwardReference, InjectionToken, type Token } from './token.js';
import type { Constructor, MaybePromise } from './types.js';

interface ProviderBase<T> {
  provide: Token<T>;
  /**
   * Makes the provider one of several under its token, which then injects the list of them. A module sees the exported
   * ones of its imports, in the order of the imports, and then its own, in the order of declaration.
   */
  multi?: boolean;
  /** Called with the instance on `app.close()`, in reverse order of creation. */
  dispose?(instance: T): MaybePromise<void>;
}

/** Provides an instance of a class: `{ provide: Store, useClass: MemoryStore }`. */
export interface ClassProvider<T = unknown> extends ProviderBase<T> {
  useClass: Constructor<T>;
  scope?: Scope;
}

/** Provides an existing value: `{ provide: 'region', useValue: 'eu-central-1' }`. */
export interface ValueProvider<T = unknown> extends ProviderBase<T> {
  useValue: T;
}

/** A dependency of a factory: a token, optionally marked as optional, or a reader. */
export type FactoryDependency =
  | Token
  | ForwardReference<Token>
  | { token: Token | ForwardReference<Token>; optional: boolean }
  | ReaderDependency;

/**
 * Injects the function that builds and checks instances of a DTO class, as for a body of that class: what
 * `lambent build` plans.
 */
export interface ReaderDependency {
  readonly readerOf: Constructor;
}

/** Provides the result of a sync or async function: `{ provide: Pool, useFactory: connect, inject: [SETTINGS] }`. */
export interface FactoryProvider<T = unknown> extends ProviderBase<T> {
  useFactory: (...dependencies: never[]) => MaybePromise<T>;
  inject?: readonly FactoryDependency[];
  scope?: Scope;
}

/** Provides another provider under a second token: `{ provide: 'store', useExisting: Store }`. */
export interface ExistingProvider<T = unknown> extends ProviderBase<T> {
  useExisting: Token<T>;
}

/** An entry of `providers` in one of the four forms with `provide`. */
export type CustomProvider<T = unknown> =
  | ClassProvider<T>
  | ValueProvider<T>
  | FactoryProvider<T>
  | ExistingProvider<T>;
/** An entry of `providers`: a class, or one of the forms with `provide`. */
export type Provider<T = unknown> = Constructor<T> | CustomProvider<T>;

/** The lifetime of an instance: that of the application, of one event, or of its dependant. */
export enum Scope {
  DEFAULT = 'default',
  REQUEST = 'request',
  TRANSIENT = 'transient',
}

/**
 * A token with a provider of its own: it can be injected without being listed in a module. A provider that the
 * application declares under the token takes precedence.
 */
export class ProvidedToken<T = unknown> extends InjectionToken<T> {
  constructor(
    description: string,
    readonly provider: Omit<FactoryProvider<T>, 'provide'>,
  ) {
    super(description);
  }

  get [PLANNED](): unknown {
    return this.provider;
  }

  override toString(): string {
    return this.description;
  }
}
brand(ProvidedToken, 'ProvidedToken');

import { brand } from './brand.js';
import { type ForwardReference, InjectionToken, type Token } from './token.js';
import type { Constructor, MaybePromise } from './types.js';

interface ProviderBase<T> {
  provide: Token<T>;
  /** Called with the instance at `app.close()`, in reverse order of creation. */
  dispose?(instance: T): MaybePromise<void>;
}

/** A provider that is an instance of a class: `{ provide: Store, useClass: MemoryStore }`. */
export interface ClassProvider<T = unknown> extends ProviderBase<T> {
  useClass: Constructor<T>;
  scope?: Scope;
}

/** A provider that is there already: `{ provide: 'region', useValue: 'eu-central-1' }`. */
export interface ValueProvider<T = unknown> extends ProviderBase<T> {
  useValue: T;
}

/** One argument of a factory: a token, or a token that may be missing. */
export type FactoryDependency =
  | Token
  | ForwardReference<Token>
  | { token: Token | ForwardReference<Token>; optional: boolean };

/**
 * A provider that a function makes, which may be async: `{ provide: Pool, useFactory: connect, inject: [SETTINGS] }`.
 */
export interface FactoryProvider<T = unknown> extends ProviderBase<T> {
  useFactory: (...dependencies: never[]) => MaybePromise<T>;
  inject?: readonly FactoryDependency[];
  scope?: Scope;
}

/** A second name for another provider: `{ provide: 'store', useExisting: Store }`. */
export interface ExistingProvider<T = unknown> extends ProviderBase<T> {
  useExisting: Token<T>;
}

/** An entry of `providers` that is no class: one of the four forms with `provide`. */
export type CustomProvider<T = unknown> =
  | ClassProvider<T>
  | ValueProvider<T>
  | FactoryProvider<T>
  | ExistingProvider<T>;
/** An entry of `providers`: a class, or one of the forms with `provide`. */
export type Provider<T = unknown> = Constructor<T> | CustomProvider<T>;

/** How long an instance lives: with the application, with one event, or with the one who asked for it. */
export enum Scope {
  DEFAULT = 'default',
  REQUEST = 'request',
  TRANSIENT = 'transient',
}

/**
 * A token that brings its provider along: what asks for it gets it without any module listing it. An application's
 * own provider under the token wins.
 */
export class ProvidedToken<T = unknown> extends InjectionToken<T> {
  constructor(
    description: string,
    readonly provider: Omit<FactoryProvider<T>, 'provide'>,
  ) {
    super(description);
  }

  override toString(): string {
    return this.description;
  }
}
brand(ProvidedToken, 'ProvidedToken');

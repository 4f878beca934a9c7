import type { Scope } from './scope.js';
import type { ForwardReference, Token } from './token.js';
import type { Constructor, MaybePromise } from './types.js';

interface ProviderBase<T> {
  provide: Token<T>;
  /** Called with the instance at `app.close()`, in reverse order of creation. */
  dispose?(instance: T): MaybePromise<void>;
}

export interface ClassProvider<T = unknown> extends ProviderBase<T> {
  useClass: Constructor<T>;
  scope?: Scope;
}

export interface ValueProvider<T = unknown> extends ProviderBase<T> {
  useValue: T;
}

/** One argument of a factory: a token, or a token that may be missing. */
export type FactoryDependency = Token | ForwardReference<Token> | { token: Token | ForwardReference<Token>; optional: boolean };

export interface FactoryProvider<T = unknown> extends ProviderBase<T> {
  useFactory: (...dependencies: never[]) => MaybePromise<T>;
  inject?: readonly FactoryDependency[];
  scope?: Scope;
}

export interface ExistingProvider<T = unknown> extends ProviderBase<T> {
  useExisting: Token<T>;
}

export type CustomProvider<T = unknown> = ClassProvider<T> | ValueProvider<T> | FactoryProvider<T> | ExistingProvider<T>;
export type Provider<T = unknown> = Constructor<T> | CustomProvider<T>;

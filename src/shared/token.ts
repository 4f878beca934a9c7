import { brand } from './brand.js';
import { PLANNED } from './planned.js';
import { type AbstractConstructor, type Constructor, isClass, type ProtectedConstructor } from './types.js';

/** A token for a value that has no class: `const DB_URL = new InjectionToken<string>('DB_URL')`. */
export class InjectionToken<T = unknown> {
  declare readonly type?: T;

  constructor(readonly description: string) {}

  toString(): string {
    return `InjectionToken(${this.description})`;
  }
}
brand(InjectionToken, 'InjectionToken');

/** A token that planning knows, such as that of the settings: a plan depends on which of them an application names. */
export class KnownToken<T = unknown> extends InjectionToken<T> {
  get [PLANNED](): unknown {
    return this.description;
  }
}

/** The key that a provider is looked up by: a class, an `InjectionToken`, a string or a symbol. */
export type Token<T = unknown> =
  | Constructor<T>
  | AbstractConstructor<T>
  | ProtectedConstructor<T>
  | InjectionToken<T>
  | string
  | symbol;

/** A token that is read later, when all files of a circular import have been evaluated. */
export interface ForwardReference<T = unknown> {
  readonly forwardRef: () => T;
}

/**
 * Defers reading a token or a module until all files are evaluated, for two that depend on each other.
 *
 * @throws TypeError when `read` is not an arrow function, such as the class itself.
 */
export function forwardRef<T>(read: () => T): ForwardReference<T> {
  if (typeof read !== 'function' || isClass(read)) {
    throw new TypeError('forwardRef takes a function that returns the class, as in forwardRef(() => OrdersService).');
  }
  return { forwardRef: read };
}

export function isForwardReference(value: unknown): value is ForwardReference {
  return typeof value === 'object' && value !== null && 'forwardRef' in value;
}

/**
 * The type of a parameter that is injected through {@link forwardRef}.
 *
 * Compilers emit `Object` for an alias, so the class is not read while a circular import is being evaluated.
 */
export type Ref<T> = T;

export function describeToken(token: unknown): string {
  if (typeof token === 'function') return token.name || 'an anonymous class';
  if (typeof token === 'string') return `"${token}"`;
  return String(token);
}

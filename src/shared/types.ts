/** A class that can be constructed; `never[]` lets every parameter list fit. */
export interface Constructor<T = unknown> {
  new (...args: never[]): T;
  /** Not `any`, as in TypeScript's own declaration of functions. */
  readonly prototype: object;
}

/** A class that may be abstract, which is enough for a token. */
export type AbstractConstructor<T = unknown> = (abstract new (...args: never[]) => T) & { readonly prototype: object };

/**
 * A class with a protected constructor, such as the AWS SDK's `DynamoDBDocumentClient`, which is enough for a token. It
 * is not assignable to a construct signature.
 */
export type ProtectedConstructor<T = unknown> = Function & { readonly prototype: T };

/** A value, or the promise of one. */
export type MaybePromise<T> = T | Promise<T>;

/** A JSON object or an untyped event. */
export type PlainObject = Record<string, unknown>;

/** Whether a value can be constructed: a class, or a function as older compilers emit one. Arrow functions can't. */
export function isClass(value: unknown): value is Constructor {
  return typeof value === 'function' && typeof value.prototype === 'object';
}

/** Whether a value is an object or a function, which have identity and members. */
export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Whether a type is one of the classes, or extends one of them. */
export function isKindOf(type: unknown, ...kinds: readonly Constructor[]): boolean {
  return typeof type === 'function' && kinds.some((kind) => type === kind || type.prototype instanceof kind);
}

import type { JsonSchema } from '../shared/json-schema.js';

// What the bundler's plugin (src/build/declared-types) reads in TypeScript sources and writes into classes, for an API
// document alone: nothing else asks for it.

/**
 * The static method that the plugin adds to a class: only when it is called are other classes named, whatever circle of
 * imports they stand in.
 */
export const DECLARED_TYPES = 'lambent:types';

/** A schema, or a function that gives a class or TypeScript's enum; inside of a schema, too. */
export type DeclaredType = JsonSchema | (() => unknown);

/** What stands in a comment and in the type of a property. */
export interface DeclaredProperty {
  /** Absent where the type says nothing that a schema could say. */
  readonly type?: DeclaredType;
  readonly optional?: true;
  readonly nullable?: true;
  readonly description?: string;
  readonly deprecated?: true;
  /** An initial value that is a literal. */
  readonly default?: unknown;
}

/** What stands in the comment and in the result type of a method. */
export interface DeclaredMethod {
  readonly type?: DeclaredType;
  /** It may answer nothing instead; without a type it always does. */
  readonly nothing?: true;
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated?: true;
}

interface DeclaredClass {
  readonly properties?: Readonly<Record<string, DeclaredProperty>>;
  readonly methods?: Readonly<Record<string, DeclaredMethod>>;
}

/** Of a class and its ancestors, by name, in the order in which they are declared. */
export function declaredProperties(type: unknown): ReadonlyMap<string, DeclaredProperty> {
  return new Map(lineage(type).flatMap((one) => Object.entries(ownTypes(one).properties ?? {})));
}

/** Of the class that declares the method. */
export function declaredMethod(type: unknown, key: string | symbol): DeclaredMethod {
  const owner = lineage(type).findLast(({ prototype }) => Object.hasOwn(prototype as object, key));
  return (owner && ownTypes(owner).methods?.[String(key)]) ?? {};
}

type Class = { readonly prototype: unknown };

/** The ancestors first. */
function lineage(type: unknown): Class[] {
  if (
    typeof type !== 'function' ||
    type === Function.prototype ||
    typeof type.prototype !== 'object' ||
    type.prototype === null
  )
    return [];
  return [...lineage(Object.getPrototypeOf(type)), type as Class];
}

/** Sources that are wrong are never a reason to have no document. */
function ownTypes(type: Class): DeclaredClass {
  if (!Object.hasOwn(type, DECLARED_TYPES)) return {};
  try {
    return (type as unknown as Record<typeof DECLARED_TYPES, () => DeclaredClass>)[DECLARED_TYPES]();
  } catch {
    return {};
  }
}

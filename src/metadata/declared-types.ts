import { lineage } from '../shared/class-methods.js';
import type { JsonSchema } from '../shared/json-schema.js';
import { isObject } from '../shared/types.js';

// Types and comments that the bundler plugin (src/build/declared-types) reads from TypeScript sources and writes into
// classes. Only API documents use them.

/**
 * The static method that the plugin adds to a class. It refers to other classes only when it is called, so that
 * circular imports do no harm.
 */
export const DECLARED_TYPES = 'lambent:types';

/** A schema, or a function that returns a class or a TypeScript enum. Schemas may contain such functions, too. */
export type DeclaredType = JsonSchema | (() => unknown);

/** The declarations of a property's type and comment. */
export interface DeclaredProperty {
  /** Absent when a schema cannot express the type. */
  readonly type?: DeclaredType;
  readonly optional?: true;
  readonly nullable?: true;
  readonly description?: string;
  readonly deprecated?: true;
  /** The initial value, if it is a literal. */
  readonly default?: unknown;
}

/** The declarations of a method's result type and comment. */
export interface DeclaredMethod {
  readonly type?: DeclaredType;
  /** Whether it may return nothing instead; without a type it always does. */
  readonly nothing?: true;
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated?: true;
}

interface DeclaredClass {
  readonly properties?: Readonly<Record<string, DeclaredProperty>>;
  readonly methods?: Readonly<Record<string, DeclaredMethod>>;
}

/** Returns the declared properties of a class and its ancestors by name, in the order of declaration. */
export function declaredProperties(type: unknown): ReadonlyMap<string, DeclaredProperty> {
  const classes = lineage(type).toReversed();
  return new Map(classes.flatMap((one) => Object.entries(ownTypes(one).properties ?? {})));
}

/** Returns what the class that declares a method says about it. */
export function declaredMethod(type: unknown, key: string | symbol): DeclaredMethod {
  const owner = lineage(type).find(({ prototype }) => isObject(prototype) && Object.hasOwn(prototype, key));
  return (owner && ownTypes(owner).methods?.[String(key)]) ?? {};
}

/** Returns the types of one class. Errors in them are ignored, so that there is always a document. */
function ownTypes(type: object): DeclaredClass {
  if (!Object.hasOwn(type, DECLARED_TYPES)) return {};
  try {
    return (type as { readonly [DECLARED_TYPES]?: () => DeclaredClass })[DECLARED_TYPES]?.() ?? {};
  } catch {
    return {};
  }
}

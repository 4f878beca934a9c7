import type { JsonSchema } from '../../shared/json-schema.js';
import type { Constructor } from '../../shared/types.js';
import type { ValidationOptions } from '../../validation/validation-options.js';

/**
 * Whether a schema describes what callers send or what they get: class-transformer's decorators may tell them apart.
 */
export type Direction = 'input' | 'output';

/** The member that tells which class an object is of. */
export interface Discriminator {
  readonly property: string;
  readonly value: string;
}

/** What is asked of a class' schema. */
export interface Wanted {
  readonly type: Constructor;
  readonly direction: Direction;
  readonly discriminator?: Discriminator | undefined;
}

/** Where the schemas of classes come from. */
export interface SchemaSource {
  /** The application's: which rules apply, and what is answered where one is broken. */
  readonly options: ValidationOptions;
  /** A reference to the schema of a class. */
  reference(wanted: Wanted): JsonSchema;
  /** Adds a schema that is of no class. */
  add(name: string, schema: JsonSchema): JsonSchema;
  /** A name that no schema has. */
  freeName(wanted: string): string;
}

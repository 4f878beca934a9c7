import type { JsonSchema } from '../../shared/json-schema.js';
import type { Constructor } from '../../shared/types.js';
import type { Direction } from '../../validation/transformer/transformer-maps.js';
import type { ValidationOptions } from '../../validation/validation-options.js';

/** The member that names the class of an object. */
export interface Discriminator {
  readonly property: string;
  readonly value: string;
}

/** Identifies the schema of a class. */
export interface SchemaKey {
  readonly type: Constructor;
  readonly direction: Direction;
  readonly discriminator?: Discriminator | undefined;
}

/** Provides the schemas of classes. */
export interface SchemaSource {
  /** The application's validation options: which rules apply, and how the response reports a broken one. */
  readonly options: ValidationOptions;
  /** Returns a reference to the schema of a class. */
  reference(key: SchemaKey): JsonSchema;
  /** Returns what `make` has made for an equal schema, or makes it. */
  once(schema: JsonSchema, make: () => JsonSchema): JsonSchema;
  /** Adds a schema that belongs to no class. */
  add(name: string, schema: JsonSchema): JsonSchema;
  /** Returns a name that no schema has. */
  freeName(preferred: string): string;
}

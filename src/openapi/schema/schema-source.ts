import type { JsonSchema } from '../../shared/json-schema.js';
import type { Constructor } from '../../shared/types.js';

/** Whether a schema describes what callers send or what they get: class-transformer's decorators may tell them apart. */
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

/** What holds for every schema of a document. */
export interface SchemaOptions {
  /** Of class-validator's rules, those that apply. */
  readonly groups?: string[] | undefined;
}

/** Where the schemas of classes come from. */
export interface SchemaSource {
  readonly options: SchemaOptions;
  /** A reference to the schema of a class. */
  reference(wanted: Wanted): JsonSchema;
  /** Adds a schema that is of no class. */
  add(name: string, schema: JsonSchema): JsonSchema;
  /** A name that no schema has. */
  freeName(wanted: string): string;
}

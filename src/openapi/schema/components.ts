import type { JsonSchema } from '../../shared/json-schema.js';
import type { ValidationOptions } from '../../validation/validation-options.js';
import { classSchema } from './class-schema.js';
import type { SchemaKey, SchemaSource } from './schema-source.js';

interface Entry {
  readonly key: SchemaKey;
  readonly name: string;
  /** The reference until {@link Components.settle} knows whether input and output differ. */
  readonly mark: string;
  schema: JsonSchema;
}

const PREFIX = '#/components/schemas/';

/** The named schemas of a document: one for each class, or two where input and output differ. */
export class Components implements SchemaSource {
  readonly #entries: Entry[] = [];
  readonly #named = new Map<string, JsonSchema>();
  /** By the text of what they were made of. */
  readonly #made = new Map<string, JsonSchema>();

  constructor(readonly options: ValidationOptions = {}) {}

  /** Returns a reference to the schema of a class, which is created for the first one. */
  reference(key: SchemaKey): JsonSchema {
    const same = (entry: Entry) => entry.key.direction === key.direction && isOfOneClass(entry.key, key);
    return { $ref: (this.#entries.find(same) ?? this.#add(key)).mark };
  }

  once(schema: JsonSchema, make: () => JsonSchema): JsonSchema {
    const text = JSON.stringify(schema);
    let made = this.#made.get(text);
    if (!made) this.#made.set(text, (made = make()));
    return made;
  }

  /** Adds a schema that belongs to no class. If another schema has the name, this one gets a number. */
  add(preferred: string, schema: JsonSchema): JsonSchema {
    const text = JSON.stringify(schema);
    const name = this.freeName(preferred, (taken) => JSON.stringify(this.#named.get(taken)) === text);
    this.#named.set(name, schema);
    return { $ref: `${PREFIX}${name}` };
  }

  /** Returns a name that no schema has, or only one that is the same. */
  freeName(preferred: string, isSame: (taken: string) => boolean = () => false): string {
    const base = preferred.replace(/[^\w.-]/g, '') || 'Schema';
    const taken = new Set([...this.#named.keys(), ...this.#entries.map(({ name }) => name)]);
    let name = base;
    for (let count = 2; taken.has(name) && !isSame(name); count++) name = `${base}${count}`;
    return name;
  }

  /** Puts the final names into all references, and returns the schemas by name. */
  settle<T>(document: T): { document: T; schemas: Record<string, JsonSchema> } {
    const names = this.#finalNames();
    const schemas = [
      ...this.#entries.map(({ mark, schema }) => [names.get(mark)!.slice(PREFIX.length), schema] as const),
      ...this.#named,
    ];
    return renamed({ document, schemas: Object.fromEntries(schemas) }, names) as {
      document: T;
      schemas: Record<string, JsonSchema>;
    };
  }

  #add(key: SchemaKey): Entry {
    const twin = this.#entries.find((entry) => isOfOneClass(entry.key, key));
    const name = twin?.name ?? this.freeName(key.type.name);
    const entry: Entry = { key, name, mark: `${PREFIX}${name}:${key.direction}`, schema: {} };
    // Registered before its schema is created, which may refer to itself.
    this.#entries.push(entry);
    entry.schema = classSchema(key, this);
    return entry;
  }

  /**
   * Returns the final names by mark. A schema differs too if it refers to one that differs: repeats until nothing
   * changes.
   */
  #finalNames(): Map<string, string> {
    const names = new Map(this.#entries.map(({ mark, name }) => [mark, `${PREFIX}${name}`]));
    const textOf = ({ schema }: Entry) => JSON.stringify(renamed(schema, names));
    const isNew = (entry: Entry) => names.get(entry.mark) === `${PREFIX}${entry.name}` && this.#inputOf(entry);
    for (let open = true; open;) {
      const differing = this.#entries.filter(
        (entry) => isNew(entry) && textOf(entry) !== textOf(this.#inputOf(entry)!),
      );
      for (const { mark, name } of differing) names.set(mark, PREFIX + this.freeName(`${name}Output`));
      open = differing.length > 0;
    }
    return names;
  }

  #inputOf({ key }: Entry): Entry | undefined {
    if (key.direction === 'input') return undefined;
    return this.#entries.find((other) => other.key.direction === 'input' && isOfOneClass(other.key, key));
  }
}

function isOfOneClass(one: SchemaKey, other: SchemaKey): boolean {
  return (
    one.type === other.type &&
    one.discriminator?.property === other.discriminator?.property &&
    one.discriminator?.value === other.discriminator?.value
  );
}

/** A copy with every reference renamed. */
function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => renamed(item, names));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, renamed(member, names)]));
}

import type { JsonSchema } from '../../shared/json-schema.js';
import type { ValidationOptions } from '../../validation/validation-options.js';
import { classSchema } from './class-schema.js';
import type { SchemaSource, Wanted } from './schema-source.js';

interface Entry {
  readonly wanted: Wanted;
  readonly name: string;
  /** What references say until {@link Components.settle} knows whether what is sent differs from what is answered. */
  readonly mark: string;
  schema: JsonSchema;
}

const PREFIX = '#/components/schemas/';

/** The schemas of a document that have a name: one a class, two where what is sent differs from what is answered. */
export class Components implements SchemaSource {
  readonly #entries: Entry[] = [];
  readonly #named = new Map<string, JsonSchema>();

  constructor(readonly options: ValidationOptions = {}) {}

  /** A reference to the schema of a class, which is made at the first one. */
  reference(wanted: Wanted): JsonSchema {
    const same = (entry: Entry) => entry.wanted.direction === wanted.direction && isOfOneClass(entry.wanted, wanted);
    return { $ref: (this.#entries.find(same) ?? this.#add(wanted)).mark };
  }

  /** Adds a schema that is of no class. */
  add(name: string, schema: JsonSchema): JsonSchema {
    this.#named.set(name, schema);
    return { $ref: `${PREFIX}${name}` };
  }

  /** A name that no schema has. */
  freeName(wanted: string): string {
    const base = wanted.replace(/[^\w.-]/g, '') || 'Schema';
    const taken = new Set([...this.#named.keys(), ...this.#entries.map(({ name }) => name)]);
    let name = base;
    for (let count = 2; taken.has(name); count++) name = `${base}${count}`;
    return name;
  }

  /** Puts the final names into everything that refers to schemas, and adds the schemas. */
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

  #add(wanted: Wanted): Entry {
    const twin = this.#entries.find((entry) => isOfOneClass(entry.wanted, wanted));
    const name = twin?.name ?? this.freeName(wanted.type.name);
    const entry: Entry = { wanted, name, mark: `${PREFIX}${name}:${wanted.direction}`, schema: {} };
    // Before its schema is made, which may refer to itself.
    this.#entries.push(entry);
    entry.schema = classSchema(wanted, this);
    return entry;
  }

  /** By mark. What refers to schemas that differ differs, too: until there is nothing new. */
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

  #inputOf({ wanted }: Entry): Entry | undefined {
    if (wanted.direction === 'input') return undefined;
    return this.#entries.find((other) => other.wanted.direction === 'input' && isOfOneClass(other.wanted, wanted));
  }
}

function isOfOneClass(one: Wanted, other: Wanted): boolean {
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

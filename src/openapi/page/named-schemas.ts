import type { JsonSchema } from '../../shared/json-schema.js';

/** The schemas of a document by name. */
export type NamedSchemas = Readonly<Record<string, JsonSchema>>;

/** Returns the name in a reference; `undefined` for what is not a reference. */
export function referredName({ $ref }: { readonly $ref?: string }): string | undefined {
  return $ref?.split('/').at(-1);
}

/** Follows references to the schema itself; a circle of references is no schema. */
export function resolved(schema: JsonSchema, schemas: NamedSchemas, seen: readonly string[] = []): JsonSchema {
  const name = referredName(schema);
  if (name === undefined || !Object.hasOwn(schemas, name)) return schema;
  return seen.includes(name) ? {} : resolved(schemas[name]!, schemas, [...seen, name]);
}

/** The id of a model in the page, for links to it. */
export function modelId(name: string): string {
  return `model/${name}`;
}

/** The alternatives of a schema, without the `null` that only says that there may be no value. */
export function alternativesOf({ oneOf, anyOf }: JsonSchema): JsonSchema[] {
  return (oneOf ?? anyOf ?? []).filter(({ type }) => type !== 'null');
}

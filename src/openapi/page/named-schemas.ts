import type { JsonSchema } from '../../shared/json-schema.js';

/** The schemas of a document by name. */
export type NamedSchemas = Readonly<Record<string, JsonSchema>>;

/** The name in a reference; `undefined` where there is none. */
export function referredName({ $ref }: JsonSchema): string | undefined {
  return $ref?.split('/').at(-1);
}

/** The schema itself, whatever leads to it. */
export function resolved(schema: JsonSchema, schemas: NamedSchemas): JsonSchema {
  const target = schemas[referredName(schema) ?? ''];
  return target ? resolved(target, schemas) : schema;
}

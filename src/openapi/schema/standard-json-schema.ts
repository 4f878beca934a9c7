import type { StandardSchema } from '../../contracts/standard-schema.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { JsonSchema } from '../../shared/json-schema.js';
import type { Direction } from './schema-source.js';

/** The part of Standard JSON Schema (standardschema.dev/json-schema, version 1) that is needed here. */
type JsonSchemaMaker = Record<Direction, (options: { target: 'draft-2020-12' }) => JsonSchema>;

/**
 * The JSON Schema that a Standard Schema gives of itself.
 *
 * @throws BootstrapError when it gives none, or has no word for something in it.
 */
export function standardJsonSchema(schema: StandardSchema, direction: Direction): JsonSchema {
  const { vendor, jsonSchema } = schema['~standard'] as StandardSchema['~standard'] & { jsonSchema?: JsonSchemaMaker };
  if (!jsonSchema) throw new BootstrapError(`A schema of ${vendor} gives no JSON Schema for the API document. ${ADVICE}`);
  try {
    const { $schema: _dialect, ...keywords } = jsonSchema[direction]({ target: 'draft-2020-12' });
    return keywords;
  } catch (error) {
    throw new BootstrapError(`A schema of ${vendor} can not be said in JSON Schema: ${(error as Error).message}`, { cause: error });
  }
}

const ADVICE =
  'zod does from 4.2 on, arktype from 2.1.28 on; a valibot schema is wrapped: toStandardJsonSchema(schema) of @valibot/to-json-schema.';

import type { StandardSchema } from '../contracts/standard-schema.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import type { JsonSchema } from '../shared/json-schema.js';
import { messageOf } from '../shared/thrown.js';
import type { Direction } from './transformer/transformer-maps.js';

/** The part of Standard JSON Schema (standardschema.dev/json-schema, version 1) that is used here. */
type JsonSchemaMaker = Record<Direction, (options: { target: 'draft-2020-12' }) => JsonSchema>;

/**
 * Returns the JSON Schema that a Standard Schema provides.
 *
 * @param purpose Completes "provides no JSON Schema" in the error message, as in `for the API document`.
 * @throws BootstrapError when it provides none, or cannot express something in it.
 */
export function standardJsonSchema(schema: StandardSchema, direction: Direction, purpose: string): JsonSchema {
  const { vendor, jsonSchema } = schema['~standard'] as StandardSchema['~standard'] & { jsonSchema?: JsonSchemaMaker };
  if (!jsonSchema) throw new BootstrapError(`This ${vendor} schema provides no JSON Schema ${purpose}. ${ADVICE}`);
  try {
    const { $schema: _dialect, ...keywords } = jsonSchema[direction]({ target: 'draft-2020-12' });
    return keywords;
  } catch (error) {
    throw new BootstrapError(`A schema of ${vendor} cannot be expressed in JSON Schema: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

const ADVICE =
  'Use zod 4.2 or later, or arktype 2.1.28 or later; ' +
  'wrap a valibot schema with toStandardJsonSchema() of @valibot/to-json-schema.';

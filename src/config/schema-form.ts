import type { StandardSchema } from '../contracts/standard-schema.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import type { JsonSchema } from '../shared/json-schema.js';
import type { Constructor } from '../shared/types.js';
import { schemaReader } from '../validation/schema-reader.js';
import { standardJsonSchema } from '../validation/standard-json-schema.js';
import type { ConfigForm } from './config-form.js';
import { type ConfigFormat, type ConfigMetadata, JSON_FORMAT } from './config-metadata.js';
import { configProperty } from './config-property.js';

/**
 * Reads a class whose values a Standard Schema checks. The schema's JSON Schema names the properties and their types.
 *
 * @throws BootstrapError when the schema provides no JSON Schema, or does not describe an object.
 */
export function schemaForm(type: Constructor, { properties, schema }: ConfigMetadata): ConfigForm {
  const checked = schema as StandardSchema;
  const described = standardJsonSchema(checked, 'input', 'that names the properties of a configuration').properties;
  if (!described) throw new BootstrapError(`The schema of ${type.name} must describe an object with properties.`);
  const unknown = [...properties.keys()].find((name) => !Object.hasOwn(described, name));
  if (unknown !== undefined) throw new BootstrapError(`The schema of ${type.name} has no property "${unknown}".`);
  return {
    properties: Object.entries(described).map(([name, member]) =>
      configProperty({ owner: type.name, name, metadata: properties.get(name), format: () => formatOf(member) }),
    ),
    defaults: {},
    required: new Set(),
    read: schemaReader(checked, 'configuration'),
    isNested: () => false,
  };
}

const TYPES: Readonly<Record<string, unknown>> = { string: String, number: Number, integer: Number, boolean: Boolean };

function formatOf(schema: JsonSchema): ConfigFormat {
  const type = typeOf(schema);
  if (type === 'object') return JSON_FORMAT;
  if (type === 'array') return { kind: 'list', type: TYPES[typeOf(schema.items ?? {}) ?? ''] };
  return { kind: 'one', type: TYPES[type ?? ''] };
}

/** Returns the only type besides `null`; `undefined` for several, between which a text can't choose. */
function typeOf(schema: JsonSchema): string | undefined {
  const types = new Set(typesIn(schema).filter((type) => type !== 'null'));
  return types.size === 1 ? [...types][0] : undefined;
}

function typesIn({ type, anyOf }: JsonSchema): (string | undefined)[] {
  if (type !== undefined) return [type].flat();
  return anyOf ? anyOf.flatMap(typesIn) : [undefined];
}

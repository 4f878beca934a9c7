import type { ApiPropertyMetadata } from '../../metadata/api-metadata.js';
import type { DeclaredProperty } from '../../metadata/declared-types.js';
import { propertyType } from '../../metadata/reflection.js';
import { enumValues } from '../../shared/enum-values.js';
import type { JsonSchema } from '../../shared/json-schema.js';
import { withoutUndefined } from '../../shared/json-values.js';
import type { Constructor } from '../../shared/types.js';
import { type PropertyRules, rulesOf } from '../../validation/dto/property-rules.js';
import type { Direction } from '../../validation/transformer/transformer-maps.js';
import { namedType, typeMetadata } from '../../validation/transformer/transformer-metadata.js';
import { mergedSchema, ruledSchema } from './merged-schema.js';
import { ruleSchema } from './rule-schemas.js';
import type { SchemaSource } from './schema-source.js';
import { isMadeOfMissing, isTransformed } from './transformed-property.js';
import { declaredTypeSchema, enumSchema, typeSchema } from './type-schema.js';

/** A property of a class, with all its metadata. */
export interface SchemaProperty {
  readonly type: Constructor;
  readonly name: string;
  readonly direction: Direction;
  readonly rules: PropertyRules | undefined;
  /** `undefined` without `@ApiProperty`. */
  readonly api: ApiPropertyMetadata | undefined;
  /** The declarations of its source. */
  readonly declared: DeclaredProperty;
  /** The value if a caller leaves it out. */
  readonly initial: unknown;
  /** Whether the validation options let a missing value pass its rules. */
  isSkipped(value: undefined | null): boolean;
}

/** Whether every caller must send the property, or receives it. */
export function isRequired(property: SchemaProperty): boolean {
  const { rules, api, declared, initial, direction } = property;
  if (api?.required !== undefined) return api.required;
  if (direction === 'input' && isMadeOfMissing(property.type, property.name)) return false;
  if (!rules && declared.optional) return false;
  if (!rules && declared.type) return direction === 'output' || (initial ?? declared.default) === undefined;
  if (!rules) return Object.keys(api ?? {}).length > 0 || direction === 'output';
  if (property.isSkipped(undefined)) return false;
  const refusing = rulesOfValue(rules).filter((rule) => !takesMissing(rule));
  return rules.conditions.length === 0 && initial === undefined && refusing.length > 0;
}

/** The rules that only refuse values, of which a missing one is none. */
const EXCLUDING: ReadonlySet<string | undefined> = new Set(['isEmpty', 'isNotIn', 'notEquals']);

function takesMissing({ name, each, constraints = [] }: PropertyRules['metadata'][number]): boolean {
  return EXCLUDING.has(name) && !each && !constraints.flat().includes(undefined);
}

/** Returns the schema of a property's values, from its type, then its rules, then `@ApiProperty`. */
export function propertySchema(property: SchemaProperty, source: SchemaSource): JsonSchema {
  const { api = {}, declared, direction } = property;
  const { description, deprecated } = declared;
  const commented = { ...(description !== undefined && { description }), ...(deprecated && { deprecated }) };
  const keywords = keywordsOf(api, source);
  // A named enum is the whole type: generators give up its name for one that stands beside it.
  const byType = keywords.$ref === undefined ? declaredSchema(property, source) : {};
  const given = { ...byType, ...commented, ...keywords };
  const initial = property.initial === undefined && direction === 'input' ? declared.default : property.initial;
  const schema = isPlain(initial) ? { ...given, default: initial } : given;
  return (api.nullable ?? takesNull(property)) ? nullable(schema) : schema;
}

/** Whether the declared type includes `null`, and no rule refuses it. */
function takesNull(property: SchemaProperty): boolean {
  const { api, declared, rules, direction } = property;
  if (!declared.nullable || api?.type !== undefined) return false;
  if (direction === 'output' || property.isSkipped(null)) return true;
  return !rules || rules.conditions.length > 0 || rulesOfValue(rules).length === 0;
}

function declaredSchema(property: SchemaProperty, source: SchemaSource): JsonSchema {
  const { type, name, direction, rules, api = {} } = property;
  if (api.type !== undefined) {
    const given = givenType(api.type);
    return typeSchema(api.isArray && !Array.isArray(given) ? [given] : given, direction, source);
  }
  const declared = propertyType(type.prototype, name);
  // The rules are for the result of the function. What it takes mostly has the same type if that is a scalar.
  if (isTransformed(type, name, direction))
    return JSON_SCALARS.has(declared) ? typeSchema(declared, direction, source) : {};
  const byType = memberSchema(property, declared, source);
  return rules ? withRules(byType, rules) : byType;
}

const JSON_SCALARS: ReadonlySet<unknown> = new Set([String, Number, Boolean]);

function memberSchema(
  { type, name, direction, declared: { type: inSource } }: SchemaProperty,
  declared: unknown,
  source: SchemaSource,
): JsonSchema {
  const metadata = typeMetadata(type, name);
  const item = metadata && namedType(metadata, {}, name);
  const whole = () =>
    inSource ? declaredTypeSchema(inSource, direction, source) : typeSchema(declared, direction, source);
  if (item === undefined) return whole();
  const { property = '', subTypes = [] } = metadata?.options?.discriminator ?? {};
  const subSchemas = subTypes.map(({ value, name: kind }) =>
    source.reference({ type: value, direction, discriminator: { property, value: kind } }),
  );
  const schema =
    subSchemas.length > 0
      ? oneOfKinds(
          property,
          subTypes.map(({ name: kind }) => kind),
          subSchemas,
        )
      : typeSchema(item, direction, source);
  const list = whole();
  if (list.type === 'array') return { ...list, items: schema };
  return declared === Map ? { type: 'object', additionalProperties: schema } : schema;
}

/** A discriminator maps each kind to its schema, so that clients need not try one after the other. */
function oneOfKinds(property: string, kinds: readonly string[], schemas: readonly JsonSchema[]): JsonSchema {
  const mapping = Object.fromEntries(kinds.map((kind, index) => [kind, schemas[index]!.$ref]));
  return { oneOf: schemas, discriminator: { propertyName: property, mapping } };
}

/** Applies rules for each item to the items, and all others to the whole value. */
function withRules(schema: JsonSchema, rules: PropertyRules): JsonSchema {
  const [perItem, whole] = partition(rulesOfValue(rules), ({ each }) => each);
  const keywords = whole.map(schemaOfRules).reduce(mergedSchema, {});
  const itemKeywords = perItem.map(schemaOfRules).reduce(mergedSchema, {});
  const items =
    Object.keys(itemKeywords).length > 0 ? { type: 'array', items: ruledSchema(schema.items ?? {}, itemKeywords) } : {};
  return { ...ruledSchema(schema, keywords), ...items };
}

function rulesOfValue({ metadata }: PropertyRules): PropertyRules['metadata'] {
  return metadata.filter(({ type }) => type !== 'conditionalValidation' && type !== 'whitelistValidation');
}

function schemaOfRules(metadata: PropertyRules['metadata'][number]): JsonSchema {
  return rulesOf(metadata).map(ruleSchema).reduce(mergedSchema, {});
}

function partition<T>(values: readonly T[], test: (value: T) => boolean): [T[], T[]] {
  return [values.filter(test), values.filter((value) => !test(value))];
}

/** A function without a prototype is not a class, but returns one once every file has been evaluated. */
function givenType(type: unknown): unknown {
  return typeof type === 'function' && type.prototype === undefined ? (type as () => unknown)() : type;
}

/** Returns the JSON Schema keywords of `@ApiProperty`; those of a list of values go to its items. */
function keywordsOf(api: ApiPropertyMetadata, source: SchemaSource): JsonSchema {
  const {
    type: _type,
    required: _required,
    nullable: _nullable,
    excluded: _excluded,
    isArray,
    enum: values,
    enumName,
    example,
    ...keywords
  } = api;
  const item = values && valuesSchema(values, enumName, source);
  return {
    ...(isArray && item ? { type: 'array', items: item } : item),
    ...keywords,
    ...(example !== undefined && { examples: [example] }),
  };
}

function valuesSchema(
  values: NonNullable<ApiPropertyMetadata['enum']>,
  name: string | undefined,
  source: SchemaSource,
): JsonSchema {
  const schema = enumSchema(enumValues(values));
  return name === undefined ? schema : source.add(name, schema);
}

function nullable(schema: JsonSchema): JsonSchema {
  const { type, enum: values, const: value, allOf } = schema;
  if (typeof type === 'string' && !values && value === undefined && !allOf) return { ...schema, type: [type, 'null'] };
  const { description, examples, deprecated, ...rest } = schema;
  return { anyOf: [rest, { type: 'null' }], ...withoutUndefined({ description, examples, deprecated }) };
}

/** Whether a value is the same in JSON. */
function isPlain(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  return typeof value === 'number' ? Number.isFinite(value) : Array.isArray(value) && value.every(isPlain);
}

import type { JsonSchema } from '../../shared/json-schema.js';
import { withoutUndefined } from '../../shared/json-values.js';

/** Of two limits the stricter one holds. */
const STRICTER: Readonly<Record<string, (...limits: number[]) => number>> = {
  minimum: Math.max,
  exclusiveMinimum: Math.max,
  minLength: Math.max,
  minItems: Math.max,
  maximum: Math.min,
  exclusiveMaximum: Math.min,
  maxLength: Math.min,
  maxItems: Math.min,
};

/**
 * Merges the keywords of two rules for one value, both of which hold: the schema means the same in both orders.
 *
 * What one keyword cannot express, such as two patterns, goes to `allOf`.
 */
export function mergedSchema(one: JsonSchema, other: JsonSchema): JsonSchema {
  const { allOf = [], ...keywords } = other;
  let merged = one;
  const apart: JsonSchema[] = [];
  for (const [keyword, value] of Object.entries(withoutUndefined(keywords))) {
    const both = one[keyword] === undefined ? value : mergedValue(keyword, one[keyword], value);
    if (both === undefined) apart.push({ [keyword]: value });
    else merged = { ...merged, [keyword]: both };
  }
  return withParts(merged, [...(one.allOf ?? []), ...apart, ...allOf]);
}

/** Returns the value of a keyword that expresses both; `undefined` if there is none. */
function mergedValue(keyword: string, one: unknown, other: unknown): unknown {
  if (JSON.stringify(one) === JSON.stringify(other)) return one;
  if (keyword === 'type') return narrowerType(one, other);
  if (keyword === 'enum') return commonValues(one as readonly unknown[], other as readonly unknown[]);
  return STRICTER[keyword]?.(one as number, other as number);
}

function narrowerType(one: unknown, other: unknown): string | undefined {
  const types = [one, other];
  return types.includes('integer') && types.includes('number') ? 'integer' : undefined;
}

function commonValues(one: readonly unknown[], other: readonly unknown[]): unknown[] | undefined {
  const common = one.filter((value) => other.includes(value));
  // An empty `enum` is not valid.
  return common.length > 0 ? common : undefined;
}

/** Adds the keywords of rules to the schema of a type. Rules win: they are checked, and types are not. */
export function ruledSchema(type: JsonSchema, rules: JsonSchema): JsonSchema {
  const narrower = narrowerType(type.type, rules.type);
  return withParts({ ...type, ...rules, ...(narrower !== undefined && { type: narrower }) }, [
    ...(type.allOf ?? []),
    ...(rules.allOf ?? []),
  ]);
}

/** Puts each of several schemas into `allOf` once. */
function withParts(schema: JsonSchema, parts: readonly JsonSchema[]): JsonSchema {
  const distinct = new Map(parts.map((part) => [JSON.stringify(part), part]));
  return distinct.size > 0 ? { ...schema, allOf: [...distinct.values()] } : schema;
}

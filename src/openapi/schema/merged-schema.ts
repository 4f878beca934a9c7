import type { JsonSchema } from '../../shared/json-schema.js';

/** Of two limits the one that holds for both. */
const LIMITS = {
  minimum: Math.max,
  exclusiveMinimum: Math.max,
  minLength: Math.max,
  minItems: Math.max,
  maximum: Math.min,
  exclusiveMaximum: Math.min,
  maxLength: Math.min,
  maxItems: Math.min,
} as const;

/** What two rules say of one value: both limits and both patterns hold; of everything else the later word wins. */
export function mergedSchema(one: JsonSchema, other: JsonSchema): JsonSchema {
  const names = (Object.keys(LIMITS) as (keyof typeof LIMITS)[]).filter((name) => one[name] !== undefined && other[name] !== undefined);
  const limits = Object.fromEntries(names.map((name) => [name, LIMITS[name](one[name]!, other[name]!)]));
  const merged = { ...one, ...other, ...limits };
  if (one.pattern === undefined || other.pattern === undefined) return merged;
  return { ...merged, pattern: one.pattern, allOf: [...(one.allOf ?? []), { pattern: other.pattern }] };
}

import type { JsonSchema } from '../../shared/json-schema.js';

/** What values of JavaScript's own types are in JSON. */
export const SCALAR_SCHEMAS: ReadonlyMap<unknown, JsonSchema> = new Map<unknown, JsonSchema>([
  [String, { type: 'string' }],
  [Number, { type: 'number' }],
  [Boolean, { type: 'boolean' }],
  [BigInt, { type: 'integer' }],
  [Date, { type: 'string', format: 'date-time' }],
  [Array, { type: 'array', items: {} }],
  [Set, { type: 'array', items: {}, uniqueItems: true }],
  [Map, { type: 'object' }],
]);

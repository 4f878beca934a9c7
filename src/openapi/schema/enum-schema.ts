import type { JsonSchema } from '../../shared/json-schema.js';

/** One of some values, with the type that they have in common. */
export function enumSchema(values: readonly unknown[]): JsonSchema {
  const types = new Set(values.map(typeOf));
  const [type] = types;
  return { ...(types.size === 1 && type !== undefined && { type }), enum: [...new Set(values)] };
}

/** The values of a list, or of TypeScript's enum. */
export function valuesOf(values: readonly unknown[] | Readonly<Record<string, string | number>>): readonly unknown[] {
  return Array.isArray(values) ? values : enumValues(values as Readonly<Record<string, string | number>>);
}

/** The values of TypeScript's enum; one of numbers also maps each number back to its name. */
export function enumValues(object: Readonly<Record<string, string | number>>): (string | number)[] {
  return Object.keys(object)
    .filter((name) => typeof object[object[name]!] !== 'number')
    .map((name) => object[name]!);
}

function typeOf(value: unknown): string | undefined {
  if (Number.isInteger(value)) return 'integer';
  return ['string', 'number', 'boolean'].find((type) => typeof value === type);
}

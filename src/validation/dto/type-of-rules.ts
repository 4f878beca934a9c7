import { enumValues } from '../../shared/enum-values.js';
import type { ValidationMetadata } from './property-rules.js';

// Every value that one of these rules accepts is of this type.
const RULES_OF_TYPES: ReadonlyMap<unknown, readonly string[]> = new Map<unknown, readonly string[]>([
  [Number, ['isNumber', 'isInt', 'isPositive', 'isNegative', 'isDivisibleBy', 'min', 'max']],
  [Boolean, ['isBoolean']],
  [Date, ['isDate', 'minDate', 'maxDate']],
  [String, ['isString']],
]);

const TYPES: ReadonlyMap<string | undefined, unknown> = new Map(
  [...RULES_OF_TYPES].flatMap(([type, names]) => names.map((name) => [name, type] as const)),
);

/**
 * Returns the built-in type of all values that the rules accept, if there is one. It replaces the type of a property
 * for which the compiler emits nothing: `limit = 20` under every compiler, type aliases under all but TypeScript's own,
 * and `number | null` depending on the settings.
 */
export function typeOfRules(rules: readonly ValidationMetadata[]): unknown {
  const types = new Set(rules.map(typeOfRule).filter((type) => type !== undefined));
  return types.size === 1 ? [...types][0] : undefined;
}

function typeOfRule({ name, constraints }: ValidationMetadata): unknown {
  if (name === 'isIn' || name === 'isEnum') return typeOfValues(enumValues(constraints[0]));
  return TYPES.get(name);
}

const BY_TYPEOF: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['number', Number],
  ['boolean', Boolean],
  ['string', String],
]);

function typeOfValues(values: readonly unknown[]): unknown {
  const kinds = new Set(values.map((value) => typeof value));
  return kinds.size === 1 ? BY_TYPEOF.get([...kinds][0]!) : undefined;
}

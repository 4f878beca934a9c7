import type { ValidationMetadata } from './property-rules.js';

// Whatever these rules accept is of the type.
const RULES: ReadonlyMap<unknown, readonly string[]> = new Map<unknown, readonly string[]>([
  [Number, ['isNumber', 'isInt', 'isPositive', 'isNegative', 'isDivisibleBy', 'min', 'max']],
  [Boolean, ['isBoolean']],
  [Date, ['isDate', 'minDate', 'maxDate']],
  [String, ['isString']],
]);

const TYPES: ReadonlyMap<string | undefined, unknown> = new Map(
  [...RULES].flatMap(([type, names]) => names.map((name) => [name, type] as const)),
);

/**
 * The built-in type of the values that rules accept, where it is one.
 * It stands in for the type of a property that the compiler emits nothing of: `limit = 20` under every compiler, aliases
 * under all but TypeScript's own, and `number | null` by the settings.
 */
export function typeOfRules(rules: readonly ValidationMetadata[]): unknown {
  const types = new Set(rules.map(typeOfRule).filter((type) => type !== undefined));
  return types.size === 1 ? [...types][0] : undefined;
}

function typeOfRule({ name, constraints }: ValidationMetadata): unknown {
  if (name === 'isIn' || name === 'isEnum') return typeOfValues(listedValues(constraints[0]));
  return TYPES.get(name);
}

/** An enum of numbers has its names among its values, too. */
function listedValues(listed: unknown): unknown[] {
  if (Array.isArray(listed)) return listed;
  const members = Object.entries(Object(listed) as Record<string, unknown>);
  return members.filter(([key]) => !isNumeric(key)).map(([, value]) => value);
}

function isNumeric(key: string): boolean {
  return key.trim() !== '' && !Number.isNaN(Number(key));
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

import { ValidationException } from '../errors/validation-exception.js';
import type { InputReader, Loc } from './input-reader.js';

/**
 * Creates the reader that converts one value to its declared type: `Number`, `Boolean`, `Date`, `BigInt`, `String`, or
 * `Array`, which turns a single value into a list of one. Values of other types are left as they are. A missing value
 * stays `undefined`, so that defaults apply.
 *
 * Numbers are finite decimals, booleans are `true`, `false`, `1` or `0`, and dates are ISO 8601. Anything else is 422.
 */
export function scalarReader(type: unknown, loc: Loc): InputReader {
  if (type === Array) return (value) => (value === undefined || Array.isArray(value) ? value : [value]);
  const scalar = SCALARS.get(type);
  if (!scalar) return (value) => value;
  return (value) => {
    // Most parameters are declared as the text that they are.
    if (value === undefined || (type === String && typeof value === 'string')) return value;
    const converted = convertScalar(scalar, value);
    if (converted !== undefined) return converted;
    throw new ValidationException([{ loc: [...loc], msg: `${loc.at(-1)} must be ${scalar.noun}`, type: scalar.rule }]);
  };
}

/** Parses text as a type; returns `undefined` for text that is not of the type. */
type Parse = (text: string) => unknown;

/** Parses text as one type, and names the type in messages. */
export interface Scalar {
  readonly parse: Parse;
  /** Whether a value already is of the type. */
  readonly accepts: (value: unknown) => boolean;
  /** As in "limit must be a number". */
  readonly noun: string;
  /** The `type` of the validation error, named as in class-validator. */
  readonly rule: string;
}

// Number() accepts too much: '', ' 1 ', '0x1f' and 'Infinity'.
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** Parses a decimal number that a double can hold: no hexadecimal, no spaces, no Infinity. */
export function parseNumber(text: string): number | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

export function parseBoolean(text: string): boolean | undefined {
  return BOOLEANS.get(text);
}

// Converting digits to a BigInt takes more than linear time, so their number is limited.
const INTEGER = /^[+-]?\d{1,400}$/;

export function parseBigInt(text: string): bigint | undefined {
  return INTEGER.test(text) ? BigInt(text.startsWith('+') ? text.slice(1) : text) : undefined;
}

const ISO_DATE = /^(\d{4})-(\d\d)-(\d\d)(?:T\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/;

/**
 * Parses calendar dates of ISO 8601, with or without a time. A day that its month does not have is refused, not carried
 * over.
 */
export function parseDate(text: string): Date | undefined {
  const parts = ISO_DATE.exec(text);
  if (!parts) return undefined;
  const [year, month, day] = parts.slice(1, 4).map(Number) as [number, number, number];
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  const date = new Date(standardTime(text));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** ECMAScript requires a point before the fraction and a colon in the offset; ISO 8601 requires neither. */
function standardTime(text: string): string {
  return text
    .replace(',', '.')
    .replace(/([+-]\d\d):?(\d\d)?$/, (offset, hours: string, minutes = '00') =>
      text.includes('T') ? `${hours}:${minutes}` : offset,
    );
}

const isValidDate = (value: unknown) => value instanceof Date && !Number.isNaN(value.getTime());

/** Types that text converts to. */
export const SCALARS: ReadonlyMap<unknown, Scalar> = new Map<unknown, Scalar>([
  [Number, { parse: parseNumber, accepts: Number.isFinite, noun: 'a number', rule: 'isNumber' }],
  [
    Boolean,
    { parse: parseBoolean, accepts: (value) => typeof value === 'boolean', noun: 'true or false', rule: 'isBoolean' },
  ],
  [Date, { parse: parseDate, accepts: isValidDate, noun: 'a date of ISO 8601', rule: 'isDate' }],
  [BigInt, { parse: parseBigInt, accepts: (value) => typeof value === 'bigint', noun: 'an integer', rule: 'isBigInt' }],
  [String, { parse: (text) => text, accepts: () => false, noun: 'a single string', rule: 'isString' }],
]);

/** Returns the converted value; `undefined` if it cannot be converted. */
export function convertScalar(scalar: Scalar, value: unknown): unknown {
  if (typeof value === 'string') return scalar.parse(value);
  return scalar.accepts(value) ? value : undefined;
}

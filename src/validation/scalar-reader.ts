import { ValidationException } from '../errors/validation-exception.js';
import type { InputReader, Loc } from './input-reader.js';
import { convertScalar, SCALARS } from './scalars.js';

/**
 * Converts one value to its declared type: `Number`, `Boolean`, `Date`, `BigInt`, `String`, or `Array`, which a single
 * value becomes by itself. Other types take what comes. A missing value stays `undefined`, so that defaults apply.
 *
 * Numbers are finite decimals, booleans `true`, `false`, `1`, `0`, dates ISO 8601; anything else is 422.
 */
export function scalarReader(type: unknown, loc: Loc): InputReader {
  if (type === Array) return (value) => (value === undefined || Array.isArray(value) ? value : [value]);
  const scalar = SCALARS.get(type);
  if (!scalar) return (value) => value;
  return (value) => {
    if (value === undefined) return undefined;
    const converted = convertScalar(scalar, value);
    if (converted !== undefined) return converted;
    throw new ValidationException([{ loc: [...loc], msg: `${loc.at(-1)} must be ${scalar.noun}`, type: scalar.rule }]);
  };
}

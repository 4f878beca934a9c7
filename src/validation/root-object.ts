import { ValidationException } from '../errors/validation-exception.js';
import type { Constructor } from '../shared/types.js';
import type { Loc } from './input-reader.js';
import { isPlainObject } from './plain-input.js';

/** @throws ValidationException when the value is no object. */
export function rootObject(type: Constructor, value: unknown, loc: Loc): object {
  if (isPlainObject(value) || value instanceof type) return value as object;
  throw new ValidationException([
    value === undefined
      ? { loc: [...loc], msg: `${loc.at(-1)} is required`, type: 'required' }
      : { loc: [...loc], msg: `${loc.at(-1)} must be an object`, type: 'isObject' },
  ]);
}

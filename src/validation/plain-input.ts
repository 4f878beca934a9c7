import { ValidationException } from '../errors/validation-exception.js';
import { refuseDeep } from '../http/message/hostile-input.js';
import { isPlainObject } from '../shared/plain-object.js';
import type { Constructor, PlainObject } from '../shared/types.js';
import type { Loc } from './input-reader.js';

/** @throws BadRequestException when the value is nested more than 64 levels deep. */
export function checkDepth(value: unknown, depth = 1): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value) && !isPlainObject(value)) return;
  refuseDeep(depth);
  for (const member of Object.values(value)) checkDepth(member, depth + 1);
}

/**
 * Copies input for class-transformer, which removes discriminators from its input.
 *
 * Names of Object.prototype are left out. The library skips them when it copies, but relies on them before that: it
 * calls `value.constructor`, and `String(value)` fails on a `toString` that is not a function.
 *
 * @throws BadRequestException when the input is nested more than 64 levels deep.
 */
export function copyInput(value: unknown, depth = 1): unknown {
  if (Array.isArray(value)) {
    refuseDeep(depth);
    return value.map((item) => copyInput(item, depth + 1));
  }
  return isPlainObject(value) ? copyMembers(value, depth) : value;
}

/** Like {@link copyInput}, for an object of any class. */
export function copyMembers(value: object, depth = 1): PlainObject {
  refuseDeep(depth);
  const copy: PlainObject = {};
  for (const key of Object.keys(value)) {
    if (!(key in Object.prototype)) copy[key] = copyInput((value as PlainObject)[key], depth + 1);
  }
  return copy;
}

/** @throws ValidationException when the value is not an object. */
export function rootObject(type: Constructor, value: unknown, loc: Loc): object {
  if (isPlainObject(value) || value instanceof type) return value as object;
  throw new ValidationException([
    value === undefined
      ? { loc: [...loc], msg: `${loc.at(-1)} is required`, type: 'required' }
      : { loc: [...loc], msg: `${loc.at(-1)} must be an object`, type: 'isObject' },
  ]);
}

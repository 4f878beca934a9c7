import { isPlainObject } from '../../shared/plain-object.js';
import type { Constructor } from '../../shared/types.js';
import { copyInput, copyMembers } from '../plain-input.js';
import { COPIED, isRecord } from '../reading/members.js';
import { plainToInstance } from '../transformer/plain-to-instance.js';

class Holder {
  declare held: unknown;
}

/** Builds from an object that no parser returns, such as an uploaded file or an instance, as class-transformer does. */
export function foreign(value: object, depth: number, type?: Constructor): unknown {
  const input = isPlainObject(value) ? copyMembers(value, depth) : value;
  // A map that is a member is read as a map.
  if (!type || value instanceof Map) return plainToInstance(Holder, { held: input }).held;
  return plainToInstance(type, input);
}

/** Converts a value to a type without members, such as `Number` or `Date`, as class-transformer does. */
export function scalarMember(type: Constructor, value: unknown, depth: number): unknown {
  if (value instanceof Map) return foreign(value, depth);
  return plainToInstance(type, copyInput(value, depth));
}

/**
 * Creates the builder of a class that is left to class-transformer.
 *
 * Copied input is not copied again: what a `@Transform` does to its object must be visible to everything that is built
 * from the same copy.
 */
export function libraryBuild(type: Constructor): (value: unknown, depth: number) => unknown {
  return (value, depth) => {
    if (typeof value !== 'object' || value === null) return value;
    if (!isRecord(value)) return foreign(value, depth, type);
    return plainToInstance(type, depth === COPIED ? value : copyMembers(value, depth));
  };
}

import { BadRequestException } from '../../errors/exceptions.js';
import { MAX_DEPTH } from '../../shared/input-limits.js';

/**
 * Refuses input that recursion could not bear, whatever it is written in.
 *
 * @param depth The number of lists and objects around a value, itself included.
 * @throws BadRequestException above 64 levels.
 */
export function refuseDeep(depth: number): void {
  if (depth > MAX_DEPTH) throw new BadRequestException(`The input is nested more than ${MAX_DEPTH} levels deep`);
}

/** Whether a member would change a prototype when a program copies it. */
export function pollutes(key: string, value: unknown): boolean {
  return key === '__proto__' || (key === 'constructor' && holdsPrototype(value));
}

function holdsPrototype(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
}

/** {@link pollutes} for a member whose keys are known before its value, from the outside in. */
export function pollutesByPath(keys: readonly string[]): boolean {
  return keys.some((key, index) => key === '__proto__' || (key === 'constructor' && keys[index + 1] === 'prototype'));
}

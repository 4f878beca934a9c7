import { BootstrapError } from '../errors/bootstrap-error.js';
import { describeToken } from '../shared/token.js';
import type { AbstractConstructor, Constructor } from '../shared/types.js';
import { describedProperties } from './described-properties.js';

/**
 * Finds what can't be mapped.
 *
 * @param caller the function that was called, for the message.
 * @throws BootstrapError when it is no class, or one of whose properties no decorator says anything.
 */
export function checkBase(base: unknown, caller: string): asserts base is AbstractConstructor<object> {
  if (typeof base !== 'function' || typeof base.prototype !== 'object') throw new BootstrapError(noClass(base, caller));
  if (describedProperties(base as Constructor).length === 0) throw new BootstrapError(noRules(base, caller));
}

/** @throws BootstrapError when there is no list of keys, or the class has no such property. */
export function checkKeys(base: AbstractConstructor<object>, keys: readonly string[], caller: string): void {
  if (!Array.isArray(keys)) throw new BootstrapError(`${caller}(${describeToken(base)}, …) takes a list of the properties' names, as in ['id'].`);
  const described = describedProperties(base as unknown as Constructor);
  const missing = keys.filter((key) => !described.includes(key));
  if (missing.length > 0) throw new BootstrapError(noProperty(base, missing, described, caller));
}

function noClass(base: unknown, caller: string): string {
  const given = base === undefined ? 'undefined' : `${describeToken(base)}, which is no class`;
  return (
    `${caller} was given ${given}. It needs the class of a DTO; where it was given one, ` +
    'a circle of imports has not got to it: move it to a file of its own. An `import type` leaves no class either.'
  );
}

function noRules(base: unknown, caller: string): string {
  return (
    `${caller} was given ${describeToken(base)}, which has no properties with decorators, so there is nothing to map. ` +
    'A class sees only what is decorated of another: give its properties rules, such as @IsString(), or @Allow().'
  );
}

function noProperty(base: unknown, missing: readonly string[], described: readonly string[], caller: string): string {
  const name = describeToken(base);
  return (
    `${caller}(${name}, …): ${name} has no property ${missing.map((key) => JSON.stringify(key)).join(', ')}. ` +
    `It has ${described.join(', ')}. A property without a decorator can not be seen while the program runs: give it one, such as @Allow().`
  );
}

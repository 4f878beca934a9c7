import { BootstrapError } from '../errors/bootstrap-error.js';
import type { MethodMetadata } from '../metadata/class-metadata.js';
import type { RoutePath } from './route-paths.js';

/** What stands before a parameter's name in a pattern. */
const BEFORE = ':{*';

/**
 * Refuses a `@Param('uid')` that no path of the method has: its value would never be there.
 *
 * @param owner As in `Orders.find`.
 * @throws BootstrapError
 */
export function checkPathParameters(owner: string, { parameters }: MethodMetadata, paths: readonly RoutePath[]): void {
  for (const { kind, key } of parameters.values()) {
    if (kind !== 'param' || key === undefined || paths.some(({ pattern }) => hasParameter(pattern, key))) continue;
    const patterns = paths.map(({ pattern }) => `"${pattern}"`).join(' and ');
    throw new BootstrapError(`${owner} takes @Param('${key}'), but its path ${patterns} has no ":${key}": correct one of the two.`);
  }
}

/** By its text: parsing each pattern once more would take the start longer than everything else about it. */
function hasParameter(pattern: string, key: string): boolean {
  if (key === '*') return pattern.includes('*');
  for (let at = pattern.indexOf(key); at !== -1; at = pattern.indexOf(key, at + 1)) {
    if (at > 0 && BEFORE.includes(pattern.charAt(at - 1)) && !/\w/.test(pattern.charAt(at + key.length))) return true;
  }
  return false;
}

import { lineage, methodOf } from '../shared/class-methods.js';
import type { Constructor } from '../shared/types.js';
import { type AccessMetadata, findOwnMetadata } from './class-metadata.js';

/**
 * Returns who may call a method: what its own decorators say, completed by those of its class and the class's
 * ancestors. `undefined` without decorators.
 */
export function declaredAccess(controller: Constructor, key: string | symbol): AccessMetadata | undefined {
  const levels: (AccessMetadata | undefined)[] = [];
  let ofMethod: AccessMetadata | undefined;
  let isFound = false;
  for (const type of lineage(controller)) {
    const record = findOwnMetadata(type);
    levels.unshift(record?.access);
    if (isFound || !Object.hasOwn(type.prototype, key)) continue;
    // An overridden method inherits nothing.
    isFound = true;
    ofMethod = record?.methods.get(key)?.access;
  }
  const declared = [...levels, ofMethod].filter((level) => level !== undefined);
  return declared.length === 0 ? undefined : Object.assign({}, ...declared);
}

/** Returns the keys of a controller's decorated methods that are a function, usually one. */
export function keysOf(controller: Constructor, method: unknown): (string | symbol)[] {
  const keys = lineage(controller).flatMap((type) => [...(findOwnMetadata(type)?.methods.keys() ?? [])]);
  return [...new Set(keys)].filter((key) => methodOf(controller.prototype, key) === method);
}

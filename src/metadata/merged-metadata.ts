import { parentOf } from '../shared/class-methods.js';
import { withoutUndefined } from '../shared/json-values.js';
import type { AbstractConstructor, Constructor } from '../shared/types.js';
import {
  type ClassMetadata,
  emptyClass,
  type EnhancerKind,
  type EnhancerMetadata,
  findOwnMetadata,
} from './class-metadata.js';
import { constructorOwner } from './reflection.js';

/**
 * Returns the metadata of a class and its ancestors as one record, for reading at bootstrap.
 *
 * A class's own metadata takes precedence over its parent's, but its enhancers are added to those of the parent. An
 * overridden method inherits nothing, and constructor parameters are those of the class that declares the constructor.
 */
export function mergedMetadata(target: Constructor | AbstractConstructor): ClassMetadata {
  return recordOf(target) ?? emptyClass();
}

/** Returns the guards of a method of a controller: those given for all methods, those of its class, and its own. */
export function guardsOf(controller: Constructor, key: string | symbol, ofAll: readonly unknown[]): unknown[] {
  const { enhancers, methods } = mergedMetadata(controller);
  return [...ofAll, ...enhancers.guards, ...(methods.get(key)?.enhancers.guards ?? [])];
}

/** Returns `undefined` without decorators, because merging costs more than everything else that is read of a class. */
function recordOf(target: Constructor | AbstractConstructor): ClassMetadata | undefined {
  const own = findOwnMetadata(target);
  const parent = parentOf(target);
  const inherited = parent && recordOf(parent);
  return inherited ? mergeClasses(inherited, own ?? emptyClass(), target) : own;
}

function mergeClasses(
  inherited: ClassMetadata,
  own: ClassMetadata,
  target: Constructor | AbstractConstructor,
): ClassMetadata {
  const methods = new Map(own.methods);
  for (const [key, method] of inherited.methods) {
    if (!Object.hasOwn(target.prototype, key)) methods.set(key, method);
  }
  return {
    ...inherited,
    ...withoutUndefined(own),
    api: { ...inherited.api, ...own.api },
    apiProperties: new Map([...(inherited.apiProperties ?? []), ...(own.apiProperties ?? [])]),
    enhancers: mergeEnhancers(inherited.enhancers, own.enhancers),
    injections: own.injections.size > 0 || constructorOwner(target) === target ? own.injections : inherited.injections,
    properties: new Map([...inherited.properties, ...own.properties]),
    methods,
    mistakes: [...(inherited.mistakes ?? []), ...(own.mistakes ?? [])],
  };
}

function mergeEnhancers(inherited: EnhancerMetadata, own: EnhancerMetadata): EnhancerMetadata {
  const all = (kind: EnhancerKind) => [...inherited[kind], ...own[kind]];
  return { guards: all('guards'), interceptors: all('interceptors'), pipes: all('pipes'), filters: all('filters') };
}

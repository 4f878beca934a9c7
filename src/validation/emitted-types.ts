import { ValidationTypes } from 'class-validator';
import type { Constructor, PlainObject } from '../shared/types.js';
import { type PropertyRules, propertyRules } from './property-rules.js';
import { isOpen } from './shape.js';

/**
 * Whether the compiler says anything of a class' types. Of properties without a declared one, as in `limit = 20`, swc emits
 * nothing at all; these have a value from the start.
 */
export function hasTypes(type: Constructor, properties: readonly PropertyRules[] = propertyRules(type)): boolean {
  return properties.some((property) => property.type !== undefined) || isInferred(type, properties);
}

function isInferred(type: Constructor, properties: readonly PropertyRules[]): boolean {
  try {
    const instance = new type() as PlainObject;
    return properties.every(({ name }) => instance[name] !== undefined);
  } catch {
    return false;
  }
}

/**
 * Properties that take a list under one compiler and anything under another: their rules are for items, and the type, which is
 * open here, may be emitted as an array there. A rule of the whole says that somebody has thought of it.
 */
export function unclearLists(properties: readonly PropertyRules[]): string[] {
  return properties.filter(isUnclear).map(({ name }) => name);
}

function isUnclear({ type, listed, nested, metadata }: PropertyRules): boolean {
  return listed && !nested && isOpen(type) && metadata.every(({ each, type: kind }) => each || kind === ValidationTypes.CONDITIONAL_VALIDATION);
}

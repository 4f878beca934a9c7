import type { Constructor } from '../shared/types.js';

/**
 * Freezes a configuration at any depth, because all events share it: lists, plain objects, and instances of nested
 * classes. Anything else, such as what a schema or a `@Transform` function makes, may change while it works.
 *
 * @param isNested Whether a class is one that JSON in the configuration is read as.
 */
export function freezeConfig<T extends object>(config: T, isNested: (type: Constructor) => boolean): T {
  const found = new Set<object>([config]);
  for (const one of found)
    for (const { value } of Object.values(Object.getOwnPropertyDescriptors(one)) as readonly PropertyDescriptor[])
      if (isData(value, isNested)) found.add(value);
  for (const one of found) Object.freeze(one);
  return config;
}

function isData(value: unknown, isNested: (type: Constructor) => boolean): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as { readonly constructor?: unknown } | null;
  if (Array.isArray(value) || prototype === null || prototype === Object.prototype) return true;
  return typeof prototype.constructor === 'function' && isNested(prototype.constructor as Constructor);
}

import { classMetadata } from '../../metadata/class-metadata.js';
import type { Constructor } from '../../shared/types.js';
import { isDto } from '../../validation/dto-metadata.js';
import { propertyRules } from '../../validation/property-rules.js';
import { decoratedProperties } from '../../validation/transformer-store.js';
import { SCALAR_SCHEMAS } from './scalar-schemas.js';

/** Whether decorators say what is in instances of a class: class-validator's, class-transformer's or `@ApiProperty`. */
export function isDescribedClass(type: unknown): type is Constructor {
  if (typeof type !== 'function' || typeof type.prototype !== 'object' || SCALAR_SCHEMAS.has(type)) return false;
  return isDto(type) || describedProperties(type as Constructor).length > 0;
}

/** The properties of which a decorator says something. */
export function describedProperties(type: Constructor): string[] {
  const named = [...(classMetadata(type).apiProperties?.keys() ?? [])].filter((key) => typeof key === 'string');
  return [...new Set([...propertyRules(type).map(({ name }) => name), ...named, ...decoratedProperties(type)])];
}

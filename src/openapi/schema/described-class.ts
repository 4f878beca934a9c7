import { declaredProperties } from '../../metadata/declared-types.js';
import type { Constructor } from '../../shared/types.js';
import { describedProperties } from '../../validation/described-properties.js';
import { isDto } from '../../validation/dto-metadata.js';
import { SCALAR_SCHEMAS } from './scalar-schemas.js';

/** Whether decorators say what is in instances of a class: class-validator's, class-transformer's or `@ApiProperty`; or its source does. */
export function isDescribedClass(type: unknown): type is Constructor {
  if (typeof type !== 'function' || typeof type.prototype !== 'object' || SCALAR_SCHEMAS.has(type)) return false;
  return isDto(type) || describedProperties(type as Constructor).length > 0 || declaredProperties(type).size > 0;
}

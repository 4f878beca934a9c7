import { classMetadata } from '../metadata/class-metadata.js';
import type { Constructor } from '../shared/types.js';
import { propertyRules } from './property-rules.js';
import { decoratedProperties } from './transformer-store.js';

/** The properties of which a decorator says something: class-validator's, class-transformer's or `@ApiProperty`. */
export function describedProperties(type: Constructor): string[] {
  const named = [...(classMetadata(type).apiProperties?.keys() ?? [])].filter((key) => typeof key === 'string');
  return [...new Set([...propertyRules(type).map(({ name }) => name), ...named, ...decoratedProperties(type)])];
}

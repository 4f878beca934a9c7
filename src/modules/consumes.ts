import { classMetadata } from '../metadata/class-metadata.js';
import type { Constructor } from '../shared/types.js';

/** Whether a class has methods that consume records. */
export function consumes(type: Constructor): boolean {
  for (const { consumers } of classMetadata(type).methods.values()) if (consumers.length > 0) return true;
  return false;
}

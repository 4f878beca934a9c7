import { lineage } from '../../shared/lineage.js';
import type { Constructor } from '../../shared/types.js';
import {
  type Direction,
  type DirectionOptions,
  transformerMaps,
} from '../../validation/transformer/transformer-maps.js';
import { appliesTo, everyTransformOf, exposeMetadata } from '../../validation/transformer/transformer-metadata.js';

// What class-transformer does with a property.

/** Returns the name of a property in JSON. */
export function nameInJson(type: Constructor, property: string, direction: Direction): string {
  const { options } = exposeMetadata(type, property) ?? {};
  return options?.name !== undefined && appliesTo(options, direction) ? options.name : property;
}

/** Whether class-transformer leaves a property out. */
export function isLeftOut(type: Constructor, property: string, direction: Direction): boolean {
  const { excluded, exposed } = transformerMaps();
  const line = lineage(type);
  if (line.some((one) => hasMetadata(excluded.get(one)?.get(property), direction))) return true;
  const all = line.some((one) => hasMetadata(excluded.get(one)?.get(undefined), direction));
  return all && !line.some((one) => hasMetadata(exposed.get(one)?.get(property), direction));
}

/** Whether a `@Transform` builds the property's value, so that nothing else tells what it is built from. */
export function isTransformed(type: Constructor, property: string, direction: Direction): boolean {
  return everyTransformOf(type, property).some(({ options }) => appliesTo(options, direction));
}

function hasMetadata(metadata: { options?: DirectionOptions } | undefined, direction: Direction): boolean {
  return metadata !== undefined && appliesTo(metadata.options, direction);
}

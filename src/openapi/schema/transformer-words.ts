import type { Constructor } from '../../shared/types.js';
import type { DirectionOptions } from '../../validation/transformer-maps.js';
import { transformerMaps } from '../../validation/transformer-maps.js';
import { exposeMetadata, lineage } from '../../validation/transformer-store.js';
import type { Direction } from './schema-source.js';

/** The name of a property in JSON. */
export function nameInJson(type: Constructor, property: string, direction: Direction): string {
  const { options } = exposeMetadata(type, property) ?? {};
  return options?.name !== undefined && hasSay(options, direction) ? options.name : property;
}

/** Whether class-transformer leaves a property out. */
export function isLeftOut(type: Constructor, property: string, direction: Direction): boolean {
  const { excluded, exposed } = transformerMaps();
  const line = lineage(type);
  if (line.some((one) => hasWord(excluded.get(one)?.get(property), direction))) return true;
  const all = line.some((one) => hasWord(excluded.get(one)?.get(undefined), direction));
  return all && !line.some((one) => hasWord(exposed.get(one)?.get(property), direction));
}

/** Whether a `@Transform` makes the property's value, so that nothing else tells what it is made of. */
export function isTransformed(type: Constructor, property: string, direction: Direction): boolean {
  const { transforms } = transformerMaps();
  return lineage(type).some((one) => transforms.get(one)?.get(property)?.some(({ options }) => hasSay(options, direction)));
}

function hasWord(metadata: { options?: DirectionOptions } | undefined, direction: Direction): boolean {
  return metadata !== undefined && hasSay(metadata.options, direction);
}

function hasSay(options: DirectionOptions | undefined, direction: Direction): boolean {
  const { toClassOnly = false, toPlainOnly = false } = options ?? {};
  if (toClassOnly === toPlainOnly) return true;
  return direction === 'input' ? toClassOnly : toPlainOnly;
}

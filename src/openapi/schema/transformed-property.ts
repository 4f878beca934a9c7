import { lineage } from '../../shared/class-methods.js';
import type { Constructor } from '../../shared/types.js';
import {
  type Direction,
  type DirectionOptions,
  transformerMaps,
} from '../../validation/transformer/transformer-maps.js';
import { appliesTo, everyTransformOf, exposeMetadata } from '../../validation/transformer/transformer-metadata.js';
import type { SchemaKey } from './schema-source.js';

// What class-transformer does with a property.

/** Returns the name of a property in JSON. In results, a name of `@Expose` counts whatever its direction. */
export function nameInJson(type: Constructor, property: string, direction: Direction): string {
  const { options } = exposeMetadata(type, property) ?? {};
  const isNamed = options?.name !== undefined && (direction === 'output' || appliesTo(options, direction));
  return isNamed ? options.name! : property;
}

/**
 * Whether class-transformer leaves a property out.
 *
 * @param groups The groups that input is read for. Results are serialized for none.
 */
export function isLeftOut({ type, direction }: SchemaKey, property: string, groups: readonly string[] = []): boolean {
  const ofGroups = exposeMetadata(type, property)?.options?.groups ?? [];
  const given = direction === 'input' ? groups : [];
  if (ofGroups.length > 0 && !ofGroups.some((group) => given.includes(group))) return true;
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

/** Whether a `@Transform` is called even if a request lacks the property: class-transformer sets what is exposed. */
export function isMadeOfMissing(type: Constructor, property: string): boolean {
  const { options } = exposeMetadata(type, property) ?? {};
  return options !== undefined && appliesTo(options, 'input') && isTransformed(type, property, 'input');
}

function hasMetadata(metadata: { options?: DirectionOptions } | undefined, direction: Direction): boolean {
  return metadata !== undefined && appliesTo(metadata.options, direction);
}

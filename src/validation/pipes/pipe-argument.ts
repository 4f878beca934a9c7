import type { ArgumentMetadata } from '../../contracts/pipeline.js';
import type { ParameterKind } from '../../metadata/class-metadata.js';
import { type InputSource, type Loc, locOf } from '../input-reader.js';

const LOCATION_OF_KIND: Partial<Record<ParameterKind, InputSource['location']>> = {
  query: 'query',
  param: 'path',
  headers: 'header',
  cookies: 'cookie',
};

/** Where an argument comes from; everything that has no place of its own comes with the body. */
export function sourceOf({ type, data, strings }: ArgumentMetadata): InputSource {
  const location = LOCATION_OF_KIND[type] ?? 'body';
  // JSON has types of its own, everywhere else there are only strings.
  return { location, key: data, strings: strings ?? location !== 'body' };
}

/** The `loc` of an error about an argument. */
export function argumentLoc(metadata: ArgumentMetadata): Loc {
  return locOf(sourceOf(metadata));
}

/**
 * Makes something once for each argument that a pipe works for: the binding hands over one metadata object a parameter.
 */
export function perArgument<T>(make: (metadata: ArgumentMetadata) => T): (metadata: ArgumentMetadata) => T {
  const made = new WeakMap<ArgumentMetadata, { value: T }>();
  return (metadata) => {
    let entry = made.get(metadata);
    if (!entry) made.set(metadata, (entry = { value: make(metadata) }));
    return entry.value;
  };
}

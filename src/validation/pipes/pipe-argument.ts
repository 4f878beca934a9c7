import type { ArgumentMetadata } from '../../contracts/pipeline.js';
import { INPUT_LOCATIONS, type InputSource, type Loc, locOf } from '../input-reader.js';

/** Returns where an argument comes from. Arguments without a location of their own come with the body. */
export function sourceOf({ type, data, strings }: ArgumentMetadata): InputSource {
  const location = INPUT_LOCATIONS[type] ?? 'body';
  // JSON has types of its own; all other input is text.
  return { location, key: data, strings: strings ?? location !== 'body' };
}

/** Returns the `loc` of a validation error about an argument. */
export function argumentLoc(metadata: ArgumentMetadata): Loc {
  return locOf(sourceOf(metadata));
}

/**
 * Creates a value once for each argument of a pipe: binding passes the same metadata object for a parameter each time.
 */
export function perArgument<T>(make: (metadata: ArgumentMetadata) => T): (metadata: ArgumentMetadata) => T {
  const values = new WeakMap<ArgumentMetadata, { value: T }>();
  return (metadata) => {
    let entry = values.get(metadata);
    if (!entry) values.set(metadata, (entry = { value: make(metadata) }));
    return entry.value;
  };
}

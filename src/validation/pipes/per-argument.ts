import type { ArgumentMetadata } from '../../contracts/pipeline.js';

/** Makes something once for each argument that a pipe works for: the binding hands over one metadata object a parameter. */
export function perArgument<T>(make: (metadata: ArgumentMetadata) => T): (metadata: ArgumentMetadata) => T {
  const made = new WeakMap<ArgumentMetadata, { value: T }>();
  return (metadata) => {
    let entry = made.get(metadata);
    if (!entry) made.set(metadata, (entry = { value: make(metadata) }));
    return entry.value;
  };
}

import type { ApiPropertyMetadata } from './api-metadata.js';
import { ownClassMetadata } from './class-metadata.js';

/** Adds to what an API document says of a property; `prototype` is what a property decorator is given. */
export function describeProperty(prototype: object, key: string | symbol, words: ApiPropertyMetadata): void {
  const metadata = ownClassMetadata(prototype.constructor);
  const before = metadata.apiProperties?.get(key);
  metadata.apiProperties = new Map([...(metadata.apiProperties ?? []), [key, { ...before, ...words }]]);
}

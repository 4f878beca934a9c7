import { isJson, mediaTypeOf } from './media-type.js';

export function isXml(essence: string): boolean {
  return essence.endsWith('/xml') || essence.endsWith('+xml');
}

const TEXTUAL = new Set([
  'application/javascript',
  'application/x-javascript',
  'application/x-ndjson',
  'application/yaml',
  'application/graphql',
  'application/x-www-form-urlencoded',
]);

/**
 * Whether a body of this type is text if its bytes are UTF-8. Responses of these types are compressed, and need not be
 * base64-encoded; a parameter that takes any body gets text.
 */
export function isTextual(mediaType: string): boolean {
  const { essence } = mediaTypeOf(mediaType);
  return essence.startsWith('text/') || isJson(essence) || isXml(essence) || TEXTUAL.has(essence);
}

import { checkedValue } from './headers.js';
import { isJson, mediaTypeOf } from './media-type.js';

function isXml(essence: string): boolean {
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

/** Whether a body of this type is text if its bytes are UTF-8, so that a response need not be base64-encoded. */
export function isTextual(mediaType: string): boolean {
  const { essence } = mediaTypeOf(mediaType);
  return essence.startsWith('text/') || isJson(essence) || isXml(essence) || TEXTUAL.has(essence);
}

/**
 * Returns the `content-type` header for a media type.
 *
 * Text and XML get a charset. JSON doesn't: it is always UTF-8 and has no such parameter (RFC 8259, 11).
 *
 * @throws TypeError if it is not valid in a header.
 */
export function contentType(mediaType: string, charset: string): string {
  // By far the most frequent type.
  if (mediaType === 'application/json') return mediaType;
  return checkedValue('content-type', withCharset(mediaType, charset));
}

function withCharset(mediaType: string, charset: string): string {
  if (charset === '' || mediaType.includes(';')) return mediaType;
  const essence = mediaType.toLowerCase();
  return essence.startsWith('text/') || isXml(essence) ? `${mediaType}; charset=${charset}` : mediaType;
}

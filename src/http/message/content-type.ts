import { checkedValue } from './headers.js';
import { isXml } from './textual-type.js';

/**
 * Returns the `content-type` header for a media type.
 *
 * Text and XML get a charset. JSON doesn't: it is always UTF-8 and has no such parameter (RFC 8259, 11).
 *
 * @throws TypeError if it is not valid in a header.
 */
export function contentType(mediaType: string, charset = 'utf-8'): string {
  // By far the most frequent type.
  if (mediaType === 'application/json') return mediaType;
  return checkedValue('content-type', withCharset(mediaType, charset));
}

function withCharset(mediaType: string, charset: string): string {
  if (charset === '' || mediaType.includes(';')) return mediaType;
  const essence = mediaType.toLowerCase();
  return essence.startsWith('text/') || isXml(essence) ? `${mediaType}; charset=${charset}` : mediaType;
}

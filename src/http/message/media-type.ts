import { checkedValue } from './headers.js';

/** A media type taken apart (RFC 9110, 8.3.1). */
export interface MediaType {
  /** Lower-case, without parameters, as in `text/html`; `''` when there is none. */
  readonly essence: string;
  /** By lower-case name; without inherited members. */
  readonly parameters: Readonly<Record<string, string>>;
}

const NO_PARAMETERS: MediaType['parameters'] = Object.freeze(Object.create(null) as Record<string, never>);
const PARAMETER = /;\s*([^\s;=]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))/g;

/** Reads a `Content-Type` header; what can't be read of it is left out. */
export function mediaTypeOf(header: string | undefined): MediaType {
  if (header === undefined) return { essence: '', parameters: NO_PARAMETERS };
  const end = header.indexOf(';');
  if (end === -1) return { essence: header.trim().toLowerCase(), parameters: NO_PARAMETERS };
  return { essence: header.slice(0, end).trim().toLowerCase(), parameters: parametersOf(header.slice(end)) };
}

function parametersOf(text: string): Record<string, string> {
  const parameters = Object.create(null) as Record<string, string>;
  for (const [, name = '', quoted, plain = ''] of text.matchAll(PARAMETER)) {
    parameters[name.toLowerCase()] ??= quoted === undefined ? plain.trim() : quoted.replace(/\\(.)/g, '$1');
  }
  return parameters;
}

/** `application/json`, and any type that is JSON by its `+json` suffix (RFC 6839). */
export function isJson(essence: string): boolean {
  return essence === 'application/json' || essence.endsWith('+json');
}

// No list of types, as `text/plain, application/a+json` would be: a browser sends that without a preflight.
const JSON_BODY = /^application\/(?:[\w!#$&^.-]+\+)?json$/;

/** Whether what comes in says that it is JSON. */
export function isJsonBody(essence: string): boolean {
  return essence === 'application/json' || JSON_BODY.test(essence);
}

export function isFormType(essence: string): boolean {
  return essence === 'application/x-www-form-urlencoded' || essence === 'multipart/form-data';
}

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

/** Whether a body of this type is text when its bytes are UTF-8: an answer that need not be base64-encoded. */
export function isTextual(mediaType: string): boolean {
  const { essence } = mediaTypeOf(mediaType);
  return essence.startsWith('text/') || isJson(essence) || isXml(essence) || TEXTUAL.has(essence);
}

/**
 * The `content-type` of a media type.
 *
 * Text and XML say their charset. JSON doesn't: it is UTF-8 by definition and has no such parameter (RFC 8259, 11).
 *
 * @throws TypeError when it can't stand in a header.
 */
export function contentType(mediaType: string, charset: string): string {
  // By far the most frequent one.
  if (mediaType === 'application/json') return mediaType;
  return checkedValue('content-type', withCharset(mediaType, charset));
}

function withCharset(mediaType: string, charset: string): string {
  if (charset === '' || mediaType.includes(';')) return mediaType;
  const essence = mediaType.toLowerCase();
  return essence.startsWith('text/') || isXml(essence) ? `${mediaType}; charset=${charset}` : mediaType;
}

/** A parsed media type (RFC 9110, 8.3.1). */
export interface MediaType {
  /** The type in lower case, without parameters, as in `text/html`; `''` if there is none. */
  readonly essence: string;
  /** Parameters by lower-case name, without inherited members. */
  readonly parameters: Readonly<Record<string, string>>;
}

const NO_PARAMETERS: MediaType['parameters'] = Object.freeze(Object.create(null) as Record<string, never>);
const PARAMETER = /;\s*([^\s;=]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))/g;

/** Parses a `Content-Type` header. Malformed parts are left out. */
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

/** Whether a type is `application/json` or has the suffix `+json` (RFC 6839). */
export function isJson(essence: string): boolean {
  return essence === 'application/json' || essence.endsWith('+json');
}

// Matches the whole value: a browser sends `text/plain, application/a+json`, a list of types, without a preflight.
const JSON_BODY = /^application\/(?:[\w!#$&^.-]+\+)?json$/;

/** Whether the type of a request body or a form part is JSON. */
export function isJsonBody(essence: string): boolean {
  return essence === 'application/json' || JSON_BODY.test(essence);
}

export function isFormType(essence: string): boolean {
  return essence === 'application/x-www-form-urlencoded' || essence === 'multipart/form-data';
}

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

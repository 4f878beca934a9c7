// RFC 9110, sections 5.1 and 5.5. Values may hold any visible character, space and tab, and Latin-1 beyond ASCII.
const NAME = /^[\w!#$%&'*+\-.^`|~]+$/;
const NOT_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * Refuses what can't stand in a response header. CR and LF would let a value begin another header or the body,
 * and gateways answer 502 to some of the others. The message leaves the value out: it may be a secret.
 *
 * @throws TypeError naming the header and the character.
 */
export function checkHeader(name: string, value: string): void {
  if (!NAME.test(name)) {
    throw new TypeError(`${JSON.stringify(name)} is no header name: use letters, digits and hyphens (RFC 9110, section 5.1)`);
  }
  if (typeof value !== 'string') {
    throw new TypeError(`The value of the response header "${name}" must be a string, not ${typeof value}`);
  }
  const at = value.search(NOT_IN_VALUE);
  if (at === -1) return;
  throw new TypeError(
    `The response header "${name}" has the character ${codeOf(value, at)} at index ${at}, which can't stand in a header value: encode or remove it`,
  );
}

function codeOf(value: string, index: number): string {
  return `U+${value.codePointAt(index)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

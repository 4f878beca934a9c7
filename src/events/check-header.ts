// RFC 9110, sections 5.1 and 5.5. Values may hold any visible character, space and tab, and Latin-1 beyond ASCII.
const NAME = /^[\w!#$%&'*+\-.^`|~]+$/;
const NOT_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * Gives the value back when it can stand in a response header. CR and LF would let it begin another header or the
 * body, and node:http refuses the others too. The message leaves the value out: it may be a secret.
 *
 * @throws TypeError naming the header and the character.
 */
export function checkedValue(name: string, value: string): string {
  if (!NAME.test(name)) {
    throw new TypeError(`${JSON.stringify(name)} is no header name: use letters, digits and hyphens (RFC 9110, section 5.1)`);
  }
  if (typeof value !== 'string') {
    throw new TypeError(`The value of the response header "${name}" must be a string, not ${typeof value}`);
  }
  if (!NOT_IN_VALUE.test(value)) return value;
  const at = value.search(NOT_IN_VALUE);
  throw new TypeError(
    `The response header "${name}" has the character ${codeOf(value, at)} at index ${at}, which can't stand in a header value: encode or remove it`,
  );
}

/** {@link checkedValue} for every line of a header. */
export function checkedLines(name: string, values: readonly string[]): string[] {
  return values.map((value) => checkedValue(name, value));
}

function codeOf(value: string, index: number): string {
  return `U+${value.codePointAt(index)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

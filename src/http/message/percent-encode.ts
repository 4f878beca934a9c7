/** Percent-encodes as UTF-8; half of a surrogate pair, which has no encoding, becomes the replacement character. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** Escapes text for a regular expression, with or without the flag `u`, that matches it literally. */
export function escapePattern(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}/]/g, '\\$&');
}

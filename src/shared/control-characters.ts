/**
 * Escapes what JSON leaves as it is although it can control a terminal that shows it: DEL and the C1 controls (U+009B
 * begins the same sequences as ESC [), Unicode's line breaks, and changes of the text direction. In JSON, the result
 * means the same.
 */
export function escapeControls(text: string): string {
  return text.replace(/[\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g, escaped);
}

/** Returns the escape of a character, as in `\u009b`. */
export function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * Where the bracket that opens at `start` is closed, or -1. Brackets inside are counted; escaped ones, and those
 * in a character class of a regular expression, are not.
 */
export function closingBracket(text: string, start: number, close: string): number {
  const open = text[start];
  let depth = 0;
  let inClass = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (inClass) inClass = char !== ']';
    else if (char === '[') inClass = true;
    else if (char === open) depth++;
    else if (char === close && --depth === 0) return at;
  }
  return -1;
}

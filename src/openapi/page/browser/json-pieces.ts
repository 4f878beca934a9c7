/** A piece of JSON text, and what it is: the name of its class in the page's style. */
export type JsonPiece = readonly [kind: 'key' | 'text' | 'number' | 'word' | '', text: string];

/** Longer texts are shown as they are: a browser is slow with hundreds of thousands of elements. */
const MAX_LENGTH = 300_000;

/**
 * Indents JSON, and says what each piece is. Numbers keep all of their digits, which `JSON.parse` would round.
 *
 * Returns `undefined` for text that is no JSON.
 */
export function jsonPieces(text: string): JsonPiece[] | undefined {
  if (text.length > MAX_LENGTH || !isJson(text)) return undefined;
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g) ?? [];
  const pieces: JsonPiece[] = [];
  let depth = 0;
  const newLine = () => pieces.push(['', `\n${'  '.repeat(depth)}`]);
  for (const [index, token] of tokens.entries()) {
    const isClosing = token === '}' || token === ']';
    const isEmpty = isClosing && /^[{[]$/.test(tokens[index - 1] ?? '');
    if (isClosing) depth--;
    if (isClosing && !isEmpty) newLine();
    pieces.push([kindOf(token, tokens[index + 1]), token === ':' ? ': ' : token]);
    if (token === '{' || token === '[') {
      depth++;
      if (!/^[}\]]$/.test(tokens[index + 1] ?? '')) newLine();
    }
    if (token === ',') newLine();
  }
  return pieces;
}

function kindOf(token: string, next: string | undefined): JsonPiece[0] {
  if (token.startsWith('"')) return next === ':' ? 'key' : 'text';
  if (/^[{}[\],:]$/.test(token)) return '';
  return /^[-\d]/.test(token) ? 'number' : 'word';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

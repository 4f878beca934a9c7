/** A part of a line: text, or what is marked in it. */
export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'strong' | 'em' | 'del'; readonly children: readonly Inline[] }
  | { readonly type: 'link'; readonly href: string; readonly children: readonly Inline[] }
  | { readonly type: 'br' };

/** A mark that has been read, and where the text goes on behind it. */
type Read = readonly [mark: Inline, end: number];

/** Deeper marks are shown as they are written: nobody writes them, and each level takes a part of the stack. */
const MAX_DEPTH = 12;

/** Reads the marks in Markdown: code, emphasis, links, escapes and character references. HTML is text. */
export function inlineOf(text: string, depth = 0): Inline[] {
  const found: Inline[] = [];
  let plain = '';
  for (let at = 0; at < text.length;) {
    const read = depth < MAX_DEPTH ? markAt(text, at, depth) : undefined;
    if (read) {
      if (plain !== '') found.push({ type: 'text', text: plain });
      plain = '';
      found.push(read[0]);
      at = read[1];
    } else {
      const [piece, end] = plainAt(text, at);
      plain += piece;
      at = end;
    }
  }
  if (plain !== '') found.push({ type: 'text', text: plain });
  return found;
}

function markAt(text: string, at: number, depth: number): Read | undefined {
  switch (text[at]) {
    case '`':
      return codeAt(text, at);
    case '!':
      return text[at + 1] === '[' ? linkAt(text, at + 1, depth) : undefined;
    case '[':
      return linkAt(text, at, depth);
    case '<':
      return autolinkAt(text, at);
    case 'h':
      return bareLinkAt(text, at);
    case '*':
    case '_':
    case '~':
      return emphasisAt(text, at, depth);
    case '\\':
      return text[at + 1] === '\n' ? [{ type: 'br' }, at + 2] : undefined;
    case ' ':
      return text.startsWith('  \n', at) ? [{ type: 'br' }, at + 3] : undefined;
    default:
      return undefined;
  }
}

/** Reads what marks nothing: a character, an escaped one, a character reference, or a run of characters of marks. */
function plainAt(text: string, at: number): readonly [piece: string, end: number] {
  const character = text[at]!;
  if (character === '\\' && /[!-/:-@[-`{-~]/.test(text[at + 1] ?? '')) return [text[at + 1]!, at + 2];
  if (character === '&') return referenceAt(text, at) ?? ['&', at + 1];
  // The rest of a run that marks nothing marks nothing either.
  const run = /[`*_~]/.test(character) ? runAt(text, at) : character;
  return [run, at + run.length];
}

const REFERENCES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

function referenceAt(text: string, at: number): readonly [string, number] | undefined {
  const [whole, name, number] = /^&(?:([a-z]{2,4})|#(\d{1,6}));/.exec(text.slice(at, at + 10)) ?? [];
  if (whole === undefined) return undefined;
  const value = name === undefined ? String.fromCodePoint(Number(number)) : REFERENCES[name];
  return value === undefined ? undefined : [value, at + whole.length];
}

function runAt(text: string, at: number): string {
  let end = at;
  while (text[end] === text[at]) end++;
  return text.slice(at, end);
}

function codeAt(text: string, at: number): Read | undefined {
  const fence = runAt(text, at);
  for (let end = text.indexOf(fence, at + fence.length); end >= 0;) {
    const run = runAt(text, end);
    if (run.length === fence.length) {
      const code = text.slice(at + fence.length, end).replaceAll('\n', ' ');
      const isPadded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '';
      return [{ type: 'code', text: isPadded ? code.slice(1, -1) : code }, end + run.length];
    }
    end = text.indexOf(fence, end + run.length);
  }
  return undefined;
}

/** Reads `[text](address "title")`; the title is left out. */
function linkAt(text: string, at: number, depth: number): Read | undefined {
  const end = closingBracket(text, at);
  if (end === undefined || text[end + 1] !== '(') return undefined;
  const target = targetAt(text, end + 2);
  if (!target) return undefined;
  return [{ type: 'link', href: target[0], children: inlineOf(text.slice(at + 1, end), depth + 1) }, target[1]];
}

function targetAt(text: string, at: number): readonly [href: string, end: number] | undefined {
  const start = skipSpace(text, at);
  const isEnclosed = text[start] === '<';
  const end = isEnclosed ? text.indexOf('>', start) : endOfAddress(text, start);
  if (end < 0) return undefined;
  let close = skipSpace(text, isEnclosed ? end + 1 : end);
  const quote = text[close];
  if (quote === '"' || quote === "'") {
    const closing = text.indexOf(quote, close + 1);
    if (closing < 0) return undefined;
    close = skipSpace(text, closing + 1);
  }
  return text[close] === ')' ? [text.slice(isEnclosed ? start + 1 : start, end), close + 1] : undefined;
}

function skipSpace(text: string, at: number): number {
  let end = at;
  while (text[end] === ' ' || text[end] === '\n') end++;
  return end;
}

/** Finds the end of an address: a space, or the parenthesis that closes more than the address opens. */
function endOfAddress(text: string, at: number): number {
  let depth = 0;
  let end = at;
  for (; end < Math.min(text.length, at + MAX_LENGTH) && !/\s/.test(text[end]!); end++) {
    if (text[end] === '(') depth++;
    else if (text[end] === ')' && --depth < 0) break;
  }
  return end;
}

/**
 * The distance in which marks are looked for, so that texts full of openings take no longer than others. In characters.
 */
const MAX_LENGTH = 1000;

function closingBracket(text: string, at: number): number | undefined {
  let depth = 0;
  for (let index = at; index < text.length && index < at + MAX_LENGTH; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === '`') index = (codeAt(text, index)?.[1] ?? index + 1) - 1;
    else if (text[index] === '[') depth++;
    else if (text[index] === ']' && --depth === 0) return index;
  }
  return undefined;
}

function autolinkAt(text: string, at: number): Read | undefined {
  const [whole, address] = /^<((?:https?:\/\/|mailto:)[^\s<>]*)>/.exec(text.slice(at, at + MAX_LENGTH)) ?? [];
  if (whole === undefined) return undefined;
  return [{ type: 'link', href: address!, children: [{ type: 'text', text: address! }] }, at + whole.length];
}

function bareLinkAt(text: string, at: number): Read | undefined {
  if (at > 0 && /\w/.test(text[at - 1]!)) return undefined;
  const [address] = /^https?:\/\/[^\s<>"'`[\]]+/.exec(text.slice(at, at + MAX_LENGTH)) ?? [];
  if (address === undefined) return undefined;
  let end = address.length;
  // Punctuation at its end belongs to the sentence.
  while ('.,:;!?*_~)'.includes(address[end - 1]!)) end--;
  const href = address.slice(0, end);
  return URL.canParse(href) ? [{ type: 'link', href, children: [{ type: 'text', text: href }] }, at + end] : undefined;
}

function emphasisAt(text: string, at: number, depth: number): Read | undefined {
  const run = runAt(text, at);
  const marker = run[0]!;
  const isWord = marker === '_' && /\w/.test(text[at - 1] ?? '');
  if (isWord || /^\s?$/.test(text[at + run.length] ?? '')) return undefined;
  const sizes = marker === '~' ? [2] : run.length === 1 ? [1] : [2, 1];
  for (const size of sizes) {
    const end = closingMarker(text, at + run.length, marker.repeat(size));
    if (end === undefined || run.length < size) continue;
    const children = inlineOf(text.slice(at + size, end), depth + 1);
    return [{ type: marker === '~' ? 'del' : size === 2 ? 'strong' : 'em', children }, end + size];
  }
  return undefined;
}

/** Finds the marker that closes: behind text, and with `_` not within a word. */
function closingMarker(text: string, from: number, marker: string): number | undefined {
  for (let index = from; index < text.length && index < from + MAX_LENGTH; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === '`') index = (codeAt(text, index)?.[1] ?? index + 1) - 1;
    else if (text[index] === marker[0]) {
      const run = runAt(text, index);
      const end = index + run.length;
      const closes = !/\s/.test(text[index - 1]!) && !(marker[0] === '_' && /\w/.test(text[end] ?? ''));
      if (closes && (run.length === marker.length || run.length >= 3)) return end - marker.length;
      index = end - 1;
    }
  }
  return undefined;
}

/** The content of a JSDoc comment. */
export interface DocComment {
  /** The text before the first tag. */
  readonly text: string;
  readonly deprecated: boolean;
}

/** Returns the comment that ends where a declaration starts, unless it is `@internal`. */
export function docCommentBefore(code: string, start: number): DocComment | undefined {
  const before = code.slice(0, start).trimEnd();
  const open = before.endsWith('*/') ? before.lastIndexOf('/*') : -1;
  if (open < 0 || !before.startsWith('/**', open) || before.length < open + 5) return undefined;
  const lines = before
    .slice(open + 3, -2)
    .split('\n')
    .map((line) => line.trim().replace(/^\*[ \t]?/, ''));
  const tag = lines.findIndex((line) => /^@[a-z]/.test(line.trimStart()));
  const tags = tag < 0 ? [] : lines.slice(tag).map((line) => line.trim());
  if (tags.some((line) => line.startsWith('@internal'))) return undefined;
  const text = (tag < 0 ? lines : lines.slice(0, tag)).join('\n').trim();
  return {
    text: text.replaceAll(/\{@link ([^{}|\s]+)\}/g, '$1'),
    deprecated: tags.some((line) => line.startsWith('@deprecated')),
  };
}

/** Splits a text into the first sentence of its first paragraph, without the full stop, and the rest. */
export function summaryAndRest(text: string): { readonly summary: string; readonly rest: string } {
  const [paragraph = '', ...others] = text.split(/\n[ \t]*\n/);
  const line = paragraph.replaceAll('\n', ' ').trim();
  const end = line.search(/\.(?: [A-Z`]|$)/);
  const summary = end < 0 ? line : line.slice(0, end);
  const rest = [end < 0 ? '' : line.slice(end + 1).trim(), ...others].filter(Boolean).join('\n\n');
  return { summary, rest };
}

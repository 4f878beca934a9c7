import { afterComments, indentAt, lineBreakOf, withoutComments } from './layout.js';
import { insertAt, type TextEdit } from './text-edit.js';

/** A node: offsets of its start and its end. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Puts one more into a list in brackets or braces the way that the others are: on a line of its own where they are,
 * with a comma at the end where they have one, after the comments that belong to the last.
 */
export function appendToList(source: string, list: Span, items: readonly Span[], text: string): TextEdit[] {
  const last = items.at(-1);
  if (!last) return [intoEmptyList(source, list, text)];
  const tail = withoutComments(source.slice(last.end, list.end - 1));
  if (!tail.includes('\n')) return [insertAt(last.end, `, ${text}`)];
  const line = lineBreakOf(source) + indentAt(source, last.start) + text;
  const comma = tail.indexOf(',');
  if (comma >= 0) return [insertAt(afterComments(source, last.end + comma + 1), `${line},`)];
  return [insertAt(last.end, ','), insertAt(afterComments(source, last.end), line)];
}

/** What comments there are stay in front. */
function intoEmptyList(source: string, { start, end }: Span, text: string): TextEdit {
  const comments = source.slice(start + 1, end - 1).trimEnd();
  const [from, to] = [start + 1 + comments.length, end - 1];
  if (!/\S/.test(comments)) return { start: from, end: to, text: source[start] === '{' ? ` ${text} ` : text };
  if (!source.slice(start, end).includes('\n')) return { start: from, end: to, text: ` ${text}` };
  const margin = lineBreakOf(source) + indentAt(source, to);
  return { start: from, end: to, text: `${margin}  ${text},${margin}` };
}

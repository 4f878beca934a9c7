import { type Inline, inlineOf } from './markdown-inline.js';

/** A part of a text in Markdown. */
export type Block =
  | { readonly type: 'heading'; readonly level: number; readonly children: readonly Inline[] }
  | { readonly type: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'quote'; readonly children: readonly Block[] }
  | { readonly type: 'list'; readonly start: number | undefined; readonly items: readonly (readonly Block[])[] }
  | { readonly type: 'table'; readonly rows: readonly (readonly (readonly Inline[])[])[] }
  | { readonly type: 'rule' };

/** A block that has been read, and the line that follows it. */
type Read = readonly [block: Block, next: number];
type Lines = readonly string[];

/** Deeper quotes and lists are shown as they are written: each level takes a part of the stack. */
const MAX_DEPTH = 12;

/**
 * Reads Markdown: paragraphs, headings, lists, quotes, code, tables and rules, as CommonMark and GitHub define them.
 * HTML and definitions of links are text.
 */
export function blocksOf(text: string): Block[] {
  return readBlocks(text.replaceAll('\t', '    ').split(/\r?\n/), 0);
}

function readBlocks(lines: Lines, depth: number): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    if (isBlank(lines[at])) {
      at++;
      continue;
    }
    const [block, next] = (depth < MAX_DEPTH && blockAt(lines, at, depth)) || paragraphAt(lines, at);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

function blockAt(lines: Lines, at: number, depth: number): Read | undefined {
  return (
    fenceAt(lines, at) ??
    indentedAt(lines, at) ??
    headingAt(lines, at) ??
    ruleAt(lines, at) ??
    quoteAt(lines, at, depth) ??
    listAt(lines, at, depth) ??
    tableAt(lines, at)
  );
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === '';
}

function fenceAt(lines: Lines, at: number): Read | undefined {
  const first = lines[at]!;
  const [open] = /^ {0,3}(?:`{3,}|~{3,})/.exec(first) ?? [];
  // With another backtick behind it, it is code within a paragraph.
  if (open === undefined || first.slice(open.length).includes('`')) return undefined;
  const fence = open.trimStart();
  let end = at + 1;
  while (end < lines.length && !closesFence(lines[end]!.trim(), fence)) end++;
  const code = lines.slice(at + 1, end).map((line) => outdented(line, open.length - fence.length));
  return [{ type: 'code', text: code.join('\n') }, end + 1];
}

function closesFence(line: string, fence: string): boolean {
  return line.length >= fence.length && line === fence[0]!.repeat(line.length);
}

/** Takes up to so many spaces from the beginning of a line. */
function outdented(line: string, width: number): string {
  return line.slice(Math.min(width, indentOf(line)));
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function indentedAt(lines: Lines, at: number): Read | undefined {
  if (indentOf(lines[at]!) < 4) return undefined;
  let end = at;
  while (end < lines.length && (isBlank(lines[end]) || indentOf(lines[end]!) >= 4)) end++;
  const code = lines.slice(at, end).map((line) => outdented(line, 4));
  return [{ type: 'code', text: code.join('\n').trimEnd() }, end];
}

function headingAt(lines: Lines, at: number): Read | undefined {
  const [, marks, text = ''] = /^ {0,3}(#{1,6})(?: (.*))?$/.exec(lines[at]!) ?? [];
  if (marks === undefined) return undefined;
  // Closing marks are only decoration.
  const title = text.trim().replace(/(?: |^)#+$/, '');
  return [{ type: 'heading', level: marks.length, children: inlineOf(title.trim()) }, at + 1];
}

function ruleAt(lines: Lines, at: number): Read | undefined {
  const marks = lines[at]!.replaceAll(' ', '');
  return /^(?:-{3,}|\*{3,}|_{3,})$/.test(marks) ? [{ type: 'rule' }, at + 1] : undefined;
}

function quoteAt(lines: Lines, at: number, depth: number): Read | undefined {
  if (!startsQuote(lines[at]!)) return undefined;
  let end = at + 1;
  while (end < lines.length && (startsQuote(lines[end]!) || continues(lines, end))) end++;
  const inside = lines.slice(at, end).map((line) => line.replace(/^ {0,3}> ?/, ''));
  return [{ type: 'quote', children: readBlocks(inside, depth + 1) }, end];
}

function startsQuote(line: string): boolean {
  return /^ {0,3}>/.test(line);
}

/** Whether a line goes on with the paragraph before it, whatever contains that. */
function continues(lines: Lines, at: number): boolean {
  return !isBlank(lines[at]) && !isBlank(lines[at - 1]) && !interrupts(lines, at);
}

/** Whether a line begins something other than a paragraph. */
function interrupts(lines: Lines, at: number): boolean {
  const line = lines[at]!;
  if (startsQuote(line) || fenceAt(lines, at) || headingAt(lines, at) || ruleAt(lines, at)) return true;
  const marker = markerOf(line);
  // A number at the beginning of a line is more often part of a sentence.
  return (
    marker !== undefined && (marker.start === undefined || marker.start === 1) && !isBlank(line.slice(marker.width))
  );
}

interface Marker {
  readonly start: number | undefined;
  /** The marker that the items of a list have in common: `-`, `.` and the like. */
  readonly kind: string;
  /** The column at which the item's text begins. */
  readonly width: number;
}

function markerOf(line: string): Marker | undefined {
  const [whole, number, kind = '', gap = ''] = /^ {0,3}(?:(\d{1,9})(?=[.)]))?([-*+.)])( +|$)/.exec(line) ?? [];
  if (whole === undefined || (number === undefined) !== /[-*+]/.test(kind)) return undefined;
  // More than four spaces belong to the item's text: it is code.
  const width = gap.length > 4 ? whole.length - gap.length + 1 : whole.length;
  return { start: number === undefined ? undefined : Number(number), kind, width: Math.max(2, width) };
}

function listAt(lines: Lines, at: number, depth: number): Read | undefined {
  const first = markerOf(lines[at]!);
  if (!first) return undefined;
  const items: (readonly Block[])[] = [];
  let next = at;
  for (let marker: Marker | undefined = first; marker?.kind === first.kind;) {
    const { width } = marker;
    const end = endOfItem(lines, next, width);
    const inside = lines
      .slice(next, end)
      .map((line, index) => (index === 0 ? line.slice(width) : outdented(line, width)));
    items.push(readBlocks(inside, depth + 1));
    next = end;
    marker = next < lines.length && !ruleAt(lines, next) ? markerOf(lines[next]!) : undefined;
  }
  return [{ type: 'list', start: first.start, items }, next];
}

function endOfItem(lines: Lines, at: number, width: number): number {
  let end = at + 1;
  for (let line = end; line < lines.length; line++) {
    if (isBlank(lines[line])) continue;
    if (indentOf(lines[line]!) < width && (line > end || markerOf(lines[line]!) || !continues(lines, line))) {
      // Blank lines between items are part of neither.
      return markerOf(lines[line]!) ? line : end;
    }
    end = line + 1;
  }
  return end;
}

function tableAt(lines: Lines, at: number): Read | undefined {
  const header = cellsOf(lines[at]!);
  const rule = cellsOf(lines[at + 1] ?? '');
  if (!lines[at]!.includes('|') || rule.length !== header.length || !rule.every((cell) => /^:?-+:?$/.test(cell)))
    return undefined;
  let end = at + 2;
  while (end < lines.length && !isBlank(lines[end]) && !interrupts(lines, end)) end++;
  const rows = lines.slice(at + 2, end).map((line) => header.map((_, index) => cellsOf(line)[index] ?? ''));
  return [{ type: 'table', rows: [header, ...rows].map((cells) => cells.map((cell) => inlineOf(cell))) }, end];
}

/** Splits a row at each bar that is not escaped. */
function cellsOf(line: string): string[] {
  const row = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return row.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function paragraphAt(lines: Lines, at: number): Read {
  let end = at + 1;
  while (end < lines.length && !isBlank(lines[end]) && !isUnderline(lines[end]!) && !interrupts(lines, end)) end++;
  const children = inlineOf(
    lines
      .slice(at, end)
      .map((line) => line.trimStart())
      .join('\n')
      .trimEnd(),
  );
  if (end < lines.length && isUnderline(lines[end]!))
    return [{ type: 'heading', level: lines[end]!.includes('=') ? 1 : 2, children }, end + 1];
  return [{ type: 'paragraph', children }, end];
}

/** Whether a line makes a heading of the paragraph above it. */
function isUnderline(line: string): boolean {
  return /^ {0,3}(?:=+|-+) *$/.test(line);
}

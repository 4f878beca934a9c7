import { CommandError } from '../framework/command-error.js';
import type { ParsedFile, Statement } from './parse-source.js';

/** Replaces the text from `start` to `end`; with equal offsets, inserts. */
export interface SourceEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function insertAt(offset: number, text: string): SourceEdit {
  return { start: offset, end: offset, text };
}

/** Applies edits that don't overlap. All offsets are those of the original text. New lines begin with `\n`. */
export function applyEdits(source: string, edits: readonly SourceEdit[]): string {
  let [result, from] = ['', 0];
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start)) {
    result += source.slice(from, start) + text;
    from = end;
  }
  return result + source.slice(from);
}

type ImportNode = Extract<Statement, { type: 'ImportDeclaration' }>;

interface NamedImport {
  readonly name: string;
  readonly from: string;
}

/**
 * Adds an import after the last one, with the same quotes and semicolon; returns no edit if the name is already
 * imported.
 *
 * @throws CommandError if the file uses the name for something else.
 */
export function addImport({ path, source, program }: ParsedFile, { name, from }: NamedImport): SourceEdit[] {
  const imports = program.body.filter((statement) => statement.type === 'ImportDeclaration');
  const before = imports.find(({ specifiers }) => specifiers.some(({ local }) => local.name === name));
  if (before?.source.value === from && before.importKind === 'value') return [];
  if (before || program.body.some((statement) => declares(statement, name))) {
    throw new CommandError(
      `Cannot edit ${path}: it uses the name ${name} for something else. Choose another name, or pass --skip-import.`,
    );
  }
  const last = imports.at(-1);
  return last ? [insertAt(afterComments(source, last.end), `\n${importLike(last, source, { name, from })}`)] : [];
}

function importLike({ source: module, end }: ImportNode, source: string, { name, from }: NamedImport): string {
  const quote = module.raw?.[0] ?? "'";
  return `import { ${name} } from ${quote}${from}${quote}${source[end - 1] === ';' ? ';' : ''}`;
}

function declares(statement: Statement, name: string): boolean {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (declaration?.type === 'ClassDeclaration' || declaration?.type === 'FunctionDeclaration')
    return declaration.id?.name === name;
  if (declaration?.type !== 'VariableDeclaration') return false;
  return declaration.declarations.some(({ id }) => id.type === 'Identifier' && id.name === name);
}

/** The offsets of a node. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Appends an item to a list in brackets or braces in the style of the others: on its own line if they are, with a
 * trailing comma if they have one, and after the comments that belong to the last item.
 */
export function appendToList(source: string, list: Span, items: readonly Span[], text: string): SourceEdit[] {
  const last = items.at(-1);
  if (!last) return [intoEmptyList(source, list, text)];
  const tail = withoutComments(source.slice(last.end, list.end - 1));
  if (!tail.includes('\n')) return [insertAt(last.end, `, ${text}`)];
  const line = `\n${indentAt(source, last.start)}${text}`;
  const comma = tail.indexOf(',');
  if (comma >= 0) return [insertAt(afterComments(source, last.end + comma + 1), `${line},`)];
  return [insertAt(last.end, ','), insertAt(afterComments(source, last.end), line)];
}

/** Inserts the first item, after any comments in the list. */
function intoEmptyList(source: string, { start, end }: Span, text: string): SourceEdit {
  const comments = source.slice(start + 1, end - 1).trimEnd();
  const [from, to] = [start + 1 + comments.length, end - 1];
  if (!/\S/.test(comments)) return { start: from, end: to, text: source[start] === '{' ? ` ${text} ` : text };
  if (!source.slice(start, end).includes('\n')) return { start: from, end: to, text: ` ${text}` };
  const margin = `\n${indentAt(source, to)}`;
  return { start: from, end: to, text: `${margin}  ${text},${margin}` };
}

const COMMENT = /\/\/[^\r\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?/g;
// More comments may follow a block comment; a line comment ends the line.
const COMMENTS_ON_THE_LINE = /(?:[ \t]*\/\*(?:[^*]|\*(?!\/))*\*\/)*(?:[ \t]*\/\/[^\r\n]*)?/y;

/** Returns the indentation of the line at an offset. */
function indentAt(source: string, offset: number): string {
  const line = source.slice(source.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)![0];
}

/** Skips comments after an offset on the same line, which belong to what is before the offset. */
function afterComments(source: string, offset: number): number {
  COMMENTS_ON_THE_LINE.lastIndex = offset;
  return offset + COMMENTS_ON_THE_LINE.exec(source)![0].length;
}

/** Replaces comments with spaces to keep offsets. Only for text between two nodes, which has no quotes. */
function withoutComments(text: string): string {
  return text.replaceAll(COMMENT, (comment) => ' '.repeat(comment.length));
}

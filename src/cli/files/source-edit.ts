import { CommandError } from '../framework/errors.js';

/** What the parser makes of a file. Offsets count UTF-16 units, as strings do. */
export type Program = import('rolldown/utils').ParseResult['program'];

/** A file that was read. */
export interface ParsedFile {
  /** For messages. */
  readonly path: string;
  readonly source: string;
  readonly program: Program;
}

type Parse = typeof import('rolldown/utils').parseSync;

/**
 * rolldown's parser: it reads TypeScript with decorators and gives offsets, and projects have it for `lambent/build`.
 *
 * @throws CommandError when rolldown is not installed, or not loaded by this Node.
 */
export async function loadParser(): Promise<(path: string, source: string) => ParsedFile> {
  const parse = await loadParse();
  return (path, source) => {
    const { program, errors } = parse(path, source, { lang: 'ts' });
    if (errors[0]) throw new CommandError(`${path} can't be read, and was left as it is: ${errors[0].message}`);
    return { path, source, program };
  };
}

async function loadParse(): Promise<Parse> {
  try {
    return (await import('rolldown/utils')).parseSync;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const missing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
    const reason = missing
      ? 'which is not installed: npm install --save-dev rolldown'
      : `which Node ${process.version} can't load: ${message}`;
    throw new CommandError(`To edit a module takes rolldown, ${reason}. Or leave modules alone with --skip-import.`, {
      cause,
    });
  }
}

/** Puts `text` in the place of what is between two offsets, of which the second may equal the first. */
export interface SourceEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function insertAt(offset: number, text: string): SourceEdit {
  return { start: offset, end: offset, text };
}

/** All at once, so that each offset is one of the original; the edits don't overlap. */
export function applyEdits(source: string, edits: readonly SourceEdit[]): string {
  let [result, from] = ['', 0];
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start)) {
    result += source.slice(from, start) + text;
    from = end;
  }
  return result + source.slice(from);
}

type Statement = Program['body'][number];
type ImportNode = Extract<Statement, { type: 'ImportDeclaration' }>;

/** A name, and the module that has it. */
interface NamedImport {
  readonly name: string;
  readonly from: string;
}

/**
 * A line after the last import, with quotes and semicolon like that one's; nothing where the name is imported already.
 *
 * @throws CommandError when the name means something else in the file.
 */
export function addImport({ path, source, program }: ParsedFile, { name, from }: NamedImport): SourceEdit[] {
  const imports = program.body.filter((statement) => statement.type === 'ImportDeclaration');
  const before = imports.find(({ specifiers }) => specifiers.some(({ local }) => local.name === name));
  if (before?.source.value === from && before.importKind === 'value') return [];
  if (before || program.body.some((statement) => declares(statement, name))) {
    throw new CommandError(
      `${path} was left as it is: ${name} is something else there. Take another name, or --skip-import.`,
    );
  }
  const last = imports.at(-1);
  return last
    ? [insertAt(afterComments(source, last.end), lineBreakOf(source) + importLike(last, source, { name, from }))]
    : [];
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

/** A node: offsets of its start and its end. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Puts one more into a list in brackets or braces the way that the others are: on a line of its own where they are,
 * with a comma at the end where they have one, after the comments that belong to the last.
 */
export function appendToList(source: string, list: Span, items: readonly Span[], text: string): SourceEdit[] {
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
function intoEmptyList(source: string, { start, end }: Span, text: string): SourceEdit {
  const comments = source.slice(start + 1, end - 1).trimEnd();
  const [from, to] = [start + 1 + comments.length, end - 1];
  if (!/\S/.test(comments)) return { start: from, end: to, text: source[start] === '{' ? ` ${text} ` : text };
  if (!source.slice(start, end).includes('\n')) return { start: from, end: to, text: ` ${text}` };
  const margin = lineBreakOf(source) + indentAt(source, to);
  return { start: from, end: to, text: `${margin}  ${text},${margin}` };
}

const COMMENT = /\/\/[^\r\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?/g;
// A block comment may be followed by more; the other kind ends the line.
const COMMENTS_ON_THE_LINE = /(?:[ \t]*\/\*(?:[^*]|\*(?!\/))*\*\/)*(?:[ \t]*\/\/[^\r\n]*)?/y;

/** How the file ends its lines. */
export function lineBreakOf(source: string): string {
  return source.includes('\r\n') ? '\r\n' : '\n';
}

/** What the line of an offset starts with. */
function indentAt(source: string, offset: number): string {
  const line = source.slice(source.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)![0];
}

/** Where the comments end that follow an offset on its line, and so belong to what is before it. */
function afterComments(source: string, offset: number): number {
  COMMENTS_ON_THE_LINE.lastIndex = offset;
  return offset + COMMENTS_ON_THE_LINE.exec(source)![0].length;
}

/** With spaces where comments are, so that offsets stay. For text between two nodes, where no quotes are. */
function withoutComments(text: string): string {
  return text.replaceAll(COMMENT, (comment) => ' '.repeat(comment.length));
}

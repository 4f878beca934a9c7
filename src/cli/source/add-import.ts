import { CommandError } from '../command-error.js';
import { afterComments, lineBreakOf } from './layout.js';
import type { ParsedFile, Program } from './parse-source.js';
import { insertAt, type TextEdit } from './text-edit.js';

type Statement = Program['body'][number];
type ImportNode = Extract<Statement, { type: 'ImportDeclaration' }>;

/** A name, and the module that has it. */
export interface NamedImport {
  readonly name: string;
  readonly from: string;
}

/**
 * A line after the last import, with quotes and semicolon like that one's; nothing where the name is imported already.
 *
 * @throws CommandError when the name means something else in the file.
 */
export function addImport({ path, source, program }: ParsedFile, { name, from }: NamedImport): TextEdit[] {
  const imports = program.body.filter((statement) => statement.type === 'ImportDeclaration');
  const before = imports.find(({ specifiers }) => specifiers.some(({ local }) => local.name === name));
  if (before?.source.value === from && before.importKind === 'value') return [];
  if (before || program.body.some((statement) => declares(statement, name))) {
    throw new CommandError(`${path} was left as it is: ${name} is something else there. Take another name, or --skip-import.`);
  }
  const last = imports.at(-1);
  return last ? [insertAt(afterComments(source, last.end), lineBreakOf(source) + importLike(last, source, { name, from }))] : [];
}

function importLike({ source: module, end }: ImportNode, source: string, { name, from }: NamedImport): string {
  const quote = module.raw?.[0] ?? "'";
  return `import { ${name} } from ${quote}${from}${quote}${source[end - 1] === ';' ? ';' : ''}`;
}

function declares(statement: Statement, name: string): boolean {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (declaration?.type === 'ClassDeclaration' || declaration?.type === 'FunctionDeclaration') return declaration.id?.name === name;
  if (declaration?.type !== 'VariableDeclaration') return false;
  return declaration.declarations.some(({ id }) => id.type === 'Identifier' && id.name === name);
}

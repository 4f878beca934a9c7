import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { foldersFrom } from '../files/paths.js';
import {
  addImport,
  appendToList,
  applyEdits,
  insertAt,
  type ParsedFile,
  type Program,
  type SourceEdit,
} from '../files/source-edit.js';
import { CommandError, UsageError } from '../framework/errors.js';

/** A class that a module is to list. */
export interface ModuleEntry {
  readonly list: 'imports' | 'controllers' | 'providers';
  readonly name: string;
  /** What the module's file imports it from, as in `./orders/orders.module.js`. */
  readonly from: string;
}

type Metadata = Extract<Expression, { type: 'ObjectExpression' }>;
type Property = Extract<Metadata['properties'][number], { type: 'Property' }>;

/**
 * The text of a module's file with one more class in a list of its decorator, and the import of it. All else stays as
 * it is.
 *
 * @throws CommandError when the decorator is written in a way that leaves no place for it.
 */
export function addToModule(file: ParsedFile, entry: ModuleEntry): string {
  const edits = listEdits(file, entry);
  return edits.length === 0 ? file.source : applyEdits(file.source, [...addImport(file, entry), ...edits]);
}

function listEdits(file: ParsedFile, { list, name }: ModuleEntry): SourceEdit[] {
  const { argument, call } = moduleArgument(file);
  const member = `${list}: [${name}]`;
  if (!argument) return [insertAt(call.end - 1, `{ ${member} }`)];
  const metadata = bare(argument);
  if (metadata.type !== 'ObjectExpression') throw byHand(file, `what @Module is given is no object in braces`, member);
  const property = metadata.properties.find((one): one is Property => one.type === 'Property' && keyOf(one) === list);
  if (property) return propertyEdits(file.source, property, name);
  if (metadata.properties.every(({ type }) => type === 'Property'))
    return appendToList(file.source, metadata, metadata.properties, member);
  throw byHand(file, `its ${list} may come from what is spread into @Module`, member);
}

function propertyEdits(source: string, { key, value, shorthand }: Property, name: string): SourceEdit[] {
  const list = bare(value);
  if (list.type === 'ArrayExpression') {
    const elements = list.elements.filter((element) => element !== null);
    const listed = elements.some((element) => element.type === 'Identifier' && element.name === name);
    return listed ? [] : appendToList(source, list, elements, name);
  }
  const text = source.slice(value.start, value.end);
  const spread = `[...${/^[\w$.]+$/.test(text) ? text : `(${text})`}, ${name}]`;
  return [
    { start: value.start, end: value.end, text: shorthand ? `${source.slice(key.start, key.end)}: ${spread}` : spread },
  ];
}

/** Without what is there for the compiler only. */
function bare(expression: Expression): Expression {
  const wrapped =
    expression.type === 'TSAsExpression' ||
    expression.type === 'TSSatisfiesExpression' ||
    expression.type === 'ParenthesizedExpression';
  return wrapped ? bare(expression.expression) : expression;
}

function keyOf({ key, computed }: Property): string | undefined {
  if (!computed && key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : undefined;
}

function byHand({ path }: ParsedFile, why: string, member: string): CommandError {
  return new CommandError(
    `${path} was left as it is: ${why}. Add ${member} by hand, and call this again with --skip-import.`,
  );
}

type Statement = Program['body'][number];
type ClassNode = Extract<Statement, { superClass: unknown }>;

/** Any expression, as the parser has it. */
type Expression = ClassNode['decorators'][number]['expression'];
type Call = Extract<Expression, { type: 'CallExpression' }>;

/** The call of `Module` that decorates a class, and what it is given. */
interface ModuleCall {
  readonly call: Call;
  readonly argument: Expression | undefined;
}

/** @throws CommandError unless exactly one class of the file is a module. */
export function moduleArgument({ path, program }: ParsedFile): ModuleCall {
  const names = new Set(program.body.flatMap(localNamesOfModule));
  const calls = program.body
    .flatMap((statement) => classOf(statement)?.decorators ?? [])
    .flatMap(({ expression }) => callOf(expression, names));
  const [call, another] = calls;
  if (!call || another) {
    throw new CommandError(
      `${path} has ${call ? 'several classes' : 'no class'} with @Module: name a file with one by --module, or leave modules alone with --skip-import.`,
    );
  }
  const [argument] = call.arguments;
  return { call, argument: argument?.type === 'SpreadElement' ? argument.argument : argument };
}

/** As it is imported, which may be under another name. */
function localNamesOfModule(statement: Statement): string[] {
  if (statement.type !== 'ImportDeclaration') return [];
  return statement.specifiers.flatMap((specifier) => {
    if (specifier.type !== 'ImportSpecifier' || specifier.imported.type !== 'Identifier') return [];
    return specifier.imported.name === 'Module' ? [specifier.local.name] : [];
  });
}

function classOf(statement: Statement): ClassNode | undefined {
  const exported = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
  const declaration = exported ? statement.declaration : statement;
  return declaration?.type === 'ClassDeclaration' ? declaration : undefined;
}

function callOf(expression: Expression, names: ReadonlySet<string>): Call[] {
  if (expression.type !== 'CallExpression' || expression.callee.type !== 'Identifier') return [];
  return names.has(expression.callee.name) ? [expression] : [];
}

/**
 * The module that something in `folder` belongs to: that of the nearest folder, from there up to `src`.
 *
 * @throws CommandError when there is none, UsageError when a folder has several and none of its own name.
 */
export function findModule(folder: string, root: string): string {
  const folders = foldersFrom(folder).filter(
    (each) => each === join(root, 'src') || each.startsWith(join(root, 'src', '/')),
  );
  for (const each of folders) {
    const module = moduleIn(each, root);
    if (module !== undefined) return module;
  }
  throw new CommandError(
    `There is no module (*.module.ts) in ${relative(root, folder)} or above it, to list this in. Name its file by --module, or leave it out with --skip-import.`,
  );
}

function moduleIn(folder: string, root: string): string | undefined {
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.module.ts'))
        .toSorted()
    : [];
  const own = names.find((name) => name === `${basename(folder)}.module.ts` || name === 'app.module.ts');
  const found = own ?? names[0];
  if (found === undefined) return undefined;
  if (own !== undefined || names.length === 1) return join(folder, found);
  throw new UsageError(
    `${relative(root, folder)} has several modules, ${names.join(', ')}: say by --module which one is to list this.`,
  );
}

import { dirname, relative } from 'node:path';
import { CommandError } from '../framework/command-error.js';
import type { Changes } from './changes.js';
import { specifierOf } from './find-module.js';
import { loadParser, type ParsedFile, type Statement } from './parse-source.js';
import { addImport, appendToList, applyEdits, insertAt, type SourceEdit } from './source-edit.js';

/** A class to list in a module. */
interface Listed extends Pick<ModuleEntry, 'list' | 'name'> {
  /** The file of the class as imports name it, with the extension `.js`. */
  readonly file: string;
}

/**
 * Lists a class in a module and imports it there, as one of the changes.
 *
 * @param root the project's folder.
 * @param module the file of the module.
 * @throws CommandError if rolldown is missing, or the module has no safe place for the class.
 */
export async function listInModule(
  changes: Changes,
  root: string,
  module: string,
  { list, name, file }: Listed,
): Promise<void> {
  const parse = await loadParser();
  const path = relative(root, module);
  const entry = { list, name, from: specifierOf(dirname(module), file) };
  changes.edit(path, (source) => addToModule(parse(path, source), entry));
}

/** A class to list in a module. */
export interface ModuleEntry {
  readonly list: 'imports' | 'controllers' | 'providers';
  readonly name: string;
  /** The specifier of its import in the module's file, such as `./orders/orders.module.js`. */
  readonly from: string;
}

/**
 * Adds a class to a list of the `@Module` decorator, and its import, and leaves the rest of the file unchanged.
 *
 * @returns the new text of the file.
 * @throws CommandError if the decorator has no safe place for the class.
 */
export function addToModule(file: ParsedFile, entry: ModuleEntry): string {
  const edits = listEdits(file, entry);
  return edits.length === 0 ? file.source : applyEdits(file.source, [...addImport(file, entry), ...edits]);
}

type Metadata = Extract<Expression, { type: 'ObjectExpression' }>;
type Property = Extract<Metadata['properties'][number], { type: 'Property' }>;

function listEdits(file: ParsedFile, { list, name }: ModuleEntry): SourceEdit[] {
  const { argument, call } = moduleArgument(file);
  const member = `${list}: [${name}]`;
  if (!argument) return [insertAt(call.end - 1, `{ ${member} }`)];
  const metadata = withoutTypes(argument);
  if (metadata.type !== 'ObjectExpression')
    throw cannotEdit(file, 'the argument of @Module is not an object literal', member);
  const property = metadata.properties.findLast(
    (one): one is Property => one.type === 'Property' && keyOf(one) === list,
  );
  // A spread takes the place of what is before it.
  const after = metadata.properties.slice(property ? metadata.properties.indexOf(property) : 0);
  const mayComeFromSpread = after.some(({ type }) => type !== 'Property');
  if (property && !mayComeFromSpread) return propertyEdits(file.source, property, name);
  if (!mayComeFromSpread) return appendToList(file.source, metadata, metadata.properties, member);
  throw cannotEdit(file, `its ${list} may come from an object that is spread into @Module`, member);
}

function propertyEdits(source: string, { key, value, shorthand }: Property, name: string): SourceEdit[] {
  const list = withoutTypes(value);
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

/** Unwraps `as`, `satisfies` and parentheses. */
function withoutTypes(expression: Expression): Expression {
  const wrapped =
    expression.type === 'TSAsExpression' ||
    expression.type === 'TSSatisfiesExpression' ||
    expression.type === 'ParenthesizedExpression';
  return wrapped ? withoutTypes(expression.expression) : expression;
}

function keyOf({ key, computed }: Property): string | undefined {
  if (!computed && key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : undefined;
}

function cannotEdit({ path }: ParsedFile, reason: string, member: string): CommandError {
  return new CommandError(
    `Cannot edit ${path}: ${reason}. Add ${member} by hand, then run this again with --skip-import.`,
  );
}

type ClassNode = Extract<Statement, { superClass: unknown }>;

type Expression = ClassNode['decorators'][number]['expression'];
type Call = Extract<Expression, { type: 'CallExpression' }>;

/** The `@Module(…)` call and its argument. */
interface ModuleCall {
  readonly call: Call;
  readonly argument: Expression | undefined;
}

/**
 * Finds the `@Module(…)` call of a file.
 *
 * @throws CommandError unless the file has exactly one.
 */
export function moduleArgument({ path, program }: ParsedFile): ModuleCall {
  const names = new Set(program.body.flatMap(localNamesOfModule));
  const calls = program.body
    .flatMap((statement) => classOf(statement)?.decorators ?? [])
    .flatMap(({ expression }) => callOf(expression, names));
  const [call, another] = calls;
  if (!call || another) {
    throw new CommandError(
      `${path} has ${call ? 'several classes' : 'no class'} with @Module. ` +
        'Name a file that has one with --module, or skip this with --skip-import.',
    );
  }
  const [argument] = call.arguments;
  return { call, argument: argument?.type === 'SpreadElement' ? argument.argument : argument };
}

/** Returns the local names of an imported `Module`, such as `M` of `import { Module as M }`. */
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

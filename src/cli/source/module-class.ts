import { CommandError } from '../command-error.js';
import type { ParsedFile, Program } from './parse-source.js';

type Statement = Program['body'][number];
type ClassNode = Extract<Statement, { superClass: unknown }>;

/** Any expression, as the parser has it. */
export type Expression = ClassNode['decorators'][number]['expression'];
type Call = Extract<Expression, { type: 'CallExpression' }>;

/** The call of `Module` that decorates a class, and what it is given. */
export interface ModuleCall {
  readonly call: Call;
  readonly argument: Expression | undefined;
}

/** @throws CommandError unless exactly one class of the file is a module. */
export function moduleArgument({ path, program }: ParsedFile): ModuleCall {
  const names = new Set(program.body.flatMap(localNamesOfModule));
  const calls = program.body.flatMap((statement) => classOf(statement)?.decorators ?? []).flatMap(({ expression }) => callOf(expression, names));
  const [call, another] = calls;
  if (!call || another) {
    throw new CommandError(`${path} has ${call ? 'several classes' : 'no class'} with @Module: name a file with one by --module, or leave modules alone with --skip-import.`);
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

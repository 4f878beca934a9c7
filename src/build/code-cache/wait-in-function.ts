import type { RolldownMagicString } from 'rolldown';
import { waitsAtTopLevel } from '../evaluation-order.js';
import { childrenOf, nodeIn, partsOf, type Syntax } from '../syntax.js';

/** Statements that stay at the top level of a module. */
const HOISTED = /^(?:Import|Export|FunctionDeclaration)/;

/**
 * Rewrites a module so that nothing waits at its top level: what runs from the first `await` on becomes the body of an
 * async function, called at once. What it declares becomes a variable of the module, for functions and exports.
 *
 * @param names.loaded The export with a promise that resolves when all has run.
 * @param names.waitsFor Variables of the module with promises to wait for before anything of it runs.
 */
export function awaitInFunction(
  text: RolldownMagicString,
  module: Syntax,
  { loaded, waitsFor }: { readonly loaded: string; readonly waitsFor: readonly string[] },
): void {
  const statements = partsOf(module);
  const first = waitsFor.length > 0 ? 0 : statements.findIndex(waitsAtTopLevel);
  const run = statements.slice(first).filter(({ type }) => !HOISTED.test(type));
  const start = run[0]?.start ?? text.original.length;
  for (const { type, start: from, end } of statements)
    if (from > start && HOISTED.test(type)) text.move(from, end, start).appendRight(from, '\n');
  const names = run.flatMap((statement) => hoistNames(text, statement));
  const open = [
    ...(names.length > 0 ? [`var ${names.join(', ')};`] : []),
    `export const ${loaded} = (async () => {`,
    ...(waitsFor.length > 0 ? [`await Promise.all([${waitsFor.join(', ')}]);`] : []),
  ].join('\n');
  if (run.length > 0) text.prependRight(start, `\n${open}\n`).append('\n})();\n');
  else text.append(`\n${open}\n})();\n`);
}

/** Makes assignments of what a statement declares, and returns the names. */
function hoistNames(text: RolldownMagicString, statement: Syntax): string[] {
  const name = statement.id?.name;
  if (statement.type !== 'ClassDeclaration' || typeof name !== 'string') return hoistVariables(text, statement);
  text.prependRight(statement.start, `${name} = `).appendLeft(statement.end, ';');
  return [name];
}

/** Variables that a block declares with `var` belong to the module, too. */
function hoistVariables(text: RolldownMagicString, node: Syntax, parent?: Syntax): string[] {
  if (parent && /Function|^Class/.test(node.type)) return [];
  if (node.type !== 'VariableDeclaration' || (parent && node.kind !== 'var'))
    return childrenOf(node).flatMap((child) => hoistVariables(text, child, node));
  assign(text, node, parent && /^For(?:In|Of)/.test(parent.type) && parent.left === node ? '' : '()');
  return (node.declarations ?? []).flatMap(({ id }) => namesIn(id));
}

/** Makes `({ a } = b), (c)` of `const { a } = b, c`. The variable of a loop over a list needs no parentheses. */
function assign(text: RolldownMagicString, { start, declarations = [] }: Syntax, parentheses: string): void {
  const [open = '', close = ''] = parentheses;
  let from = start;
  for (const declared of declarations) {
    text.overwrite(from, declared.start, from === start ? open : '), (');
    from = declared.end;
  }
  text.appendLeft(from, close);
}

/** Returns the names that a pattern binds, as in `{ a, b: [c] = d, ...e }`. */
function namesIn(pattern: Syntax | null | undefined): string[] {
  if (!pattern) return [];
  if (typeof pattern.name === 'string') return [pattern.name];
  if (pattern.type === 'AssignmentPattern') return namesIn(pattern.left);
  if (pattern.type === 'Property') return namesIn(nodeIn(pattern.value));
  return childrenOf(pattern).flatMap(namesIn);
}

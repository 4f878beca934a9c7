import { dirname, resolve } from 'node:path';
import type { OutputChunk, Plugin, RolldownMagicString } from 'rolldown';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { loadRolldown } from '../bundle.js';
import { childrenOf, nameOf, partsOf, type Syntax } from '../declared-types/syntax.js';
import { filesOfStart, waitsAtTopLevel } from '../evaluation-order.js';

/** The export of a file that waits: a promise that resolves when all of it has run. */
export const LOADED = 'lambentLoaded';

/** The member of a script's `module` that does what `import()` does in modules. */
export const IMPORT_MODULE = 'importModule';
const IMPORTS = '\0lambent:imports';

/** The member of a script's `module` that takes a function which exports the rest. */
export const EXPORT_LATER = 'exportLater';

/** A bundle of modules, as the plugin reads it. */
interface ModuleFiles {
  readonly chunks: readonly OutputChunk[];
  /** Returns the path of a file of the bundle, by its name. */
  pathOf(fileName: string): string;
}

/**
 * Returns a plugin that gives the files of a handler's start the syntax of scripts. What waits at their top level moves
 * into functions. `import()` of packages goes through a function that is passed in: V8 loses what `import()` needs to
 * know of a script that comes with a cache (Node 20), and Node warns of what tells it (20 to 24).
 *
 * @throws BootstrapError when code that is loaded on demand waits at its top level.
 */
export async function scriptSyntax({ chunks, pathOf }: ModuleFiles): Promise<Plugin> {
  const { RolldownMagicString: Text } = await loadRolldown();
  const { parseAst } = await import('rolldown/parseAst');
  const parse = (code: string | null) => parseAst(code ?? '') as unknown as Syntax;
  const entry = chunks.find(({ isEntry }) => isEntry)!;
  const start = filesOfStart(entry, chunks);
  const late = chunks.filter((chunk) => !start.includes(chunk)).flatMap(({ modules }) => Object.entries(modules));
  refuseAwait(late.filter(([, { code }]) => waitsAtTopLevel(parse(code))).map(([id]) => id));
  const own = new Set(chunks.map(({ fileName }) => pathOf(fileName)));
  const waiting = filesThatWait(start, parse);
  const byPath = new Map(start.map((chunk) => [pathOf(chunk.fileName), chunk]));
  return {
    name: 'lambent:script-syntax',
    resolveId: { filter: { id: /^\0lambent:imports$/ }, handler: (id) => id },
    load: {
      filter: { id: /^\0lambent:imports$/ },
      handler: () =>
        `export const importModule = module.${IMPORT_MODULE} ?? ((name, options) => import(name, options));`,
    },
    transform(code, id) {
      const chunk = byPath.get(id);
      if (!chunk) return null;
      const [text, module] = [new Text(code), parse(code)];
      const others = waiting.get(chunk)?.map((name, index) => [LOADED + index, pathOf(name)] as const);
      const names = others?.map(([name]) => name);
      if (names) awaitInFunction(text, module, names);
      const isOwn = (name: string) => own.has(resolve(dirname(id), name));
      const imports = replaceImports(text, module, isOwn) ? [[IMPORT_MODULE, IMPORTS] as const] : [];
      for (const [name, path] of [...(others ?? []), ...imports]) {
        const exported = path === IMPORTS ? name : LOADED;
        text.prepend(`import { ${exported} as ${name} } from ${JSON.stringify(path)};\n`);
      }
      return { code: text.toString(), map: text.generateMap({ hires: true }).toString() };
    },
    renderChunk(code, { isEntry }) {
      if (!isEntry) return null;
      const text = new Text(code);
      exportLater(text, parse(code), new Set([...entry.exports, LOADED]));
      return { code: text.toString(), map: text.generateMap({ hires: true }).toString() };
    },
  };
}

/**
 * Leaves the exports that only code on demand imports until some of it is loaded: for Lambent's own, that are 800
 * assignments, a twelfth of a start with a cache.
 *
 * @param own The names that the handler's file imports.
 */
function exportLater(text: RolldownMagicString, module: Syntax, own: ReadonlySet<string>): void {
  const statements = partsOf(module);
  const last = statements.findLastIndex((statement) => exportedName(statement) === undefined);
  const exported = statements.slice(last + 1);
  const isOwn = (statement: Syntax) => own.has(exportedName(statement) ?? '');
  const later = exported.filter((statement) => !isOwn(statement));
  if (later.length === 0) return;
  const { start } = later[0]!;
  for (const statement of exported)
    if (statement.start > start && isOwn(statement)) text.move(statement.start, statement.end, start);
  text.prependRight(start, `\n(module.${EXPORT_LATER} ?? ((fill) => fill()))(() => {\n`).append('\n});\n');
}

/** Returns the name that a statement exports, as in `exports.a = b` and `Object.defineProperty(exports, 'a', …)`. */
function exportedName({ expression }: Syntax): string | undefined {
  const { left, callee, arguments: given = [] } = Object(expression) as Syntax;
  if (left?.object?.name === 'exports') return nameOf(left.property);
  const isDefined = callee?.property?.name === 'defineProperty' && given[0]?.name === 'exports';
  return isDefined ? nameOf(given[1]) : undefined;
}

/** Returns the files that wait, each with the names of those that it waits for. */
function filesThatWait(
  start: readonly OutputChunk[],
  parse: (code: string) => Syntax,
): ReadonlyMap<OutputChunk, readonly string[]> {
  const waiting = new Map<OutputChunk, readonly string[]>();
  const names = new Set<string>();
  // A file comes after those that it imports.
  for (const chunk of start) {
    const others = chunk.imports.filter((name) => names.has(name));
    if (others.length === 0 && !waitsAtTopLevel(parse(chunk.code))) continue;
    waiting.set(chunk, others);
    names.add(chunk.fileName);
  }
  return waiting;
}

/** Replaces `import()` of what is no file of the bundle. Returns whether there was any. */
function replaceImports(text: RolldownMagicString, node: Syntax, isOwn: (name: string) => boolean): boolean {
  const inside = childrenOf(node).map((child) => replaceImports(text, child, isOwn));
  if (node.type !== 'ImportExpression' || isOwn(nameOf(node.source) ?? '')) return inside.includes(true);
  text.overwrite(node.start, node.start + 'import'.length, IMPORT_MODULE);
  return true;
}

function refuseAwait(ids: readonly string[]): void {
  if (ids.length === 0) return;
  throw new BootstrapError(
    `The option "codeCache" makes scripts of the modules, which cannot wait at their top level, and ` +
      `${ids.join(', ')} does and is loaded on demand. Move its "await" into a function, or leave out the option.`,
  );
}

/** Statements that stay at the top level of a module. */
const HOISTED = /^(?:Import|Export|FunctionDeclaration)/;

/**
 * Rewrites a module so that nothing waits at its top level: what runs from the first `await` on becomes the body of an
 * async function, called at once. What it declares becomes a variable of the module, for functions and exports.
 *
 * @param waitsFor Variables of the module with promises to wait for before anything of it runs.
 */
export function awaitInFunction(text: RolldownMagicString, module: Syntax, waitsFor: readonly string[]): void {
  const statements = partsOf(module);
  const first = waitsFor.length > 0 ? 0 : statements.findIndex(waitsAtTopLevel);
  const run = statements.slice(first).filter(({ type }) => !HOISTED.test(type));
  const start = run[0]?.start ?? text.original.length;
  for (const { type, start: from, end } of statements)
    if (from > start && HOISTED.test(type)) text.move(from, end, start).appendRight(from, '\n');
  const names = run.flatMap((statement) => hoistNames(text, statement));
  const open = [
    ...(names.length > 0 ? [`var ${names.join(', ')};`] : []),
    `export const ${LOADED} = (async () => {`,
    ...(waitsFor.length > 0 ? [`await Promise.all([${waitsFor.join(', ')}]);`] : []),
  ].join('\n');
  if (run.length > 0) text.prependRight(start, `\n${open}\n`).append('\n})();\n');
  else text.append(`\n${open}\n})();\n`);
}

/** Makes assignments of what a statement declares, and returns the names. */
function hoistNames(text: RolldownMagicString, statement: Syntax): string[] {
  if (statement.type !== 'ClassDeclaration') return hoistVariables(text, statement);
  const name = statement.id!.name as string;
  text.prependRight(statement.start, `${name} = `).appendLeft(statement.end, ';');
  return [name];
}

/** Variables that a block declares with `var` belong to the module, too. */
function hoistVariables(text: RolldownMagicString, node: Syntax, parent?: Syntax): string[] {
  if (parent && /Function|^Class/.test(node.type)) return [];
  if (node.type !== 'VariableDeclaration' || (parent && node.kind !== 'var'))
    return childrenOf(node).flatMap((child) => hoistVariables(text, child, node));
  assign(text, node, parent && /^For(?:In|Of)/.test(parent.type) && parent.left === node ? '' : '()');
  return node.declarations!.flatMap(({ id }) => namesIn(id!));
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
function namesIn(pattern: Syntax): string[] {
  if (pattern.type === 'Identifier') return [pattern.name as string];
  if (pattern.type === 'AssignmentPattern') return namesIn(pattern.left!);
  if (pattern.type === 'Property') return namesIn(pattern.value as Syntax);
  return childrenOf(pattern).flatMap(namesIn);
}

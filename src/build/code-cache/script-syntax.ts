import { dirname, resolve } from 'node:path';
import type { OutputChunk, Plugin, RolldownMagicString } from 'rolldown';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { loadRolldown } from '../bundle.js';
import { filesOfStart, waitsAtTopLevel } from '../evaluation-order.js';
import { childrenOf, loadParser, nameOf, nodeIn, partsOf, type Syntax } from '../syntax.js';
import { type ExternalImport, externalImports, type Externals, externalsOf, takenFrom } from './externals.js';
import { awaitInFunction } from './wait-in-function.js';

/** The member of a script's `module` with what only modules have. The handler's file sets it. */
export const SCOPE = 'lambent';

/** A bundle of modules. */
export interface ModuleFiles {
  readonly chunks: readonly OutputChunk[];
  /** The handler's file, which is one of them. */
  readonly entry: OutputChunk;
  /** Returns the path of a file of the bundle, by its name. */
  pathOf(fileName: string): string;
}

/** The syntax that turns the files of a bundle into scripts. */
export interface ScriptSyntax {
  readonly plugin: Plugin;
  readonly externals: Externals;
  /** The export of a file that waits: a promise that resolves when all of it has run. */
  readonly loaded: string;
}

/** Variables of scripts. No file of the bundle contains these names. */
interface Names {
  /** The name of the object that the handler's file passes to all files. */
  readonly scope: string;
  /** The same in the code file, where it comes from. */
  readonly given: string;
  readonly loaded: string;
}

/**
 * Returns a plugin that gives the files of a bundle the syntax of scripts. What waits at their top level moves into
 * functions. What scripts don't have comes from the handler's file: `import.meta`, packages that are not in the bundle,
 * and `import()` of them. V8 loses what `import()` needs to know of a script that comes with a cache (Node 20), and
 * Node warns of what tells it (20 to 24).
 *
 * @throws BootstrapError when code that is loaded on demand waits at its top level.
 */
export async function scriptSyntax(bundle: ModuleFiles): Promise<ScriptSyntax> {
  const { chunks, entry } = bundle;
  const { RolldownMagicString: Text } = await loadRolldown();
  const parse = await loadParser();
  const start = filesOfStart(entry, chunks);
  const parsed = new Map(chunks.map((chunk) => [chunk, parse(chunk.code)]));
  const late = chunks.filter((chunk) => !start.includes(chunk) && waitsAtTopLevel(parsed.get(chunk)!));
  const modules = late.flatMap((chunk) => Object.entries(chunk.modules));
  refuseAwait(modules.filter(([, { code }]) => waitsAtTopLevel(parse(code))).map(([id]) => id));
  const [scope, given, loaded] = ['lambentScope', 'lambentGiven', 'lambentLoaded'].map((name) => unused(name, chunks));
  const names: Names = { scope: scope!, given: given!, loaded: loaded! };
  const files = new ScriptFiles({ ...bundle, parsed }, start, names);
  const changed = (code: string, change: (text: RolldownMagicString) => void) => {
    const text = new Text(code);
    change(text);
    return { code: text.toString(), map: text.generateMap({ hires: true }).toString() };
  };
  const plugin: Plugin = {
    name: 'lambent:script-syntax',
    transform: (code, id) => {
      const chunk = files.at(id);
      return chunk ? changed(code, (text) => files.rewrite(text, chunk)) : null;
    },
    renderChunk: (code, { isEntry }) => (isEntry ? changed(code, (text) => files.finish(text, parse(code))) : null),
  };
  return { plugin, externals: files.externals, loaded: names.loaded };
}

/** The files of a bundle, which become scripts. */
class ScriptFiles {
  readonly externals: Externals;
  private readonly byPath: ReadonlyMap<string, OutputChunk>;
  private readonly waiting: ReadonlyMap<OutputChunk, readonly string[]>;
  private readonly imported: ReadonlyMap<OutputChunk, readonly ExternalImport[]>;
  /** The indexes of packages in `externals`, by what imports them. */
  private readonly places: ReadonlyMap<string, number>;

  /** @param start The files that are loaded with the handler. None comes before those that it imports. */
  constructor(
    private readonly bundle: ModuleFiles & { readonly parsed: ReadonlyMap<OutputChunk, Syntax> },
    private readonly start: readonly OutputChunk[],
    private readonly names: Names,
  ) {
    const { chunks, parsed, pathOf } = bundle;
    this.byPath = new Map(chunks.map((chunk) => [pathOf(chunk.fileName), chunk]));
    this.waiting = filesThatWait(start, parsed);
    const importsOf = (chunk: OutputChunk) =>
      externalImports(chunk.code, parsed.get(chunk)!, (name) => this.from(chunk, name) !== undefined);
    this.imported = new Map(chunks.map((chunk) => [chunk, importsOf(chunk)]));
    this.externals = externalsOf(chunks, start, (chunk) => this.imported.get(chunk)!);
    this.places = new Map([...this.externals.early, ...this.externals.late].map((from, index) => [from, index]));
  }

  at(path: string): OutputChunk | undefined {
    return this.byPath.get(path);
  }

  /** Rewrites a file of the bundle. */
  rewrite(text: RolldownMagicString, chunk: OutputChunk): void {
    const { scope, given, loaded } = this.names;
    const module = this.bundle.parsed.get(chunk)!;
    const others = this.waiting.get(chunk);
    this.takeExternals(text, chunk);
    this.replaceSyntax(text, chunk, module);
    if (others) awaitInFunction(text, module, { loaded, waitsFor: others.map((_, index) => loaded + index) });
    others?.forEach((file, index) => text.prepend(this.importOf(`${loaded} as ${loaded}${index}`, file)));
    const [first] = this.start;
    text.prepend(chunk === first ? `export const ${scope} = ${given};\n` : this.importOf(scope, first!.fileName));
  }

  /** Rewrites the code file. */
  finish(text: RolldownMagicString, module: Syntax): void {
    const { given, loaded } = this.names;
    exportLater(text, module, { own: new Set([...this.start.at(-1)!.exports, loaded]), given });
    const first = partsOf(module).find((statement) => !isDirective(statement));
    text.prependRight(first?.start ?? 0, `const ${given} = module.${SCOPE};\n`);
  }

  private importOf(names: string, fileName: string): string {
    return `import { ${names} } from ${JSON.stringify(this.bundle.pathOf(fileName))};\n`;
  }

  /** Returns the file of the bundle that another one imports by a name. */
  private from(chunk: OutputChunk, name: string | undefined): OutputChunk | undefined {
    return name === undefined ? undefined : this.at(resolve(dirname(this.bundle.pathOf(chunk.fileName)), name));
  }

  private takeExternals(text: RolldownMagicString, chunk: OutputChunk): void {
    for (const { statement, from } of this.imported.get(chunk)!) {
      const { type, start, end } = statement;
      const taken = `${this.names.scope}.externals[${this.places.get(from)}]`;
      if (type === 'ImportDeclaration') text.overwrite(start, end, takenFrom(taken, statement));
      else if (chunk === this.start.at(-1) && type === 'ExportAllDeclaration') text.remove(start, end);
    }
  }

  private replaceSyntax(text: RolldownMagicString, chunk: OutputChunk, node: Syntax): void {
    const { scope } = this.names;
    const isEarly = this.start.includes(chunk);
    const { type, start, end, object } = node;
    for (const child of childrenOf(node)) this.replaceSyntax(text, chunk, child);
    if (isEarly && isImportMeta(node)) text.overwrite(start, end, `${scope}.importMeta`);
    if (!isEarly && object && isImportMeta(object) && !/^(?:url|dirname|filename)$/.test(nameOf(node.property) ?? ''))
      text.overwrite(object.start, object.end, `${scope}.importMeta`);
    if (type !== 'ImportExpression') return;
    const file = this.from(chunk, nameOf(node.source));
    const needed = file ? this.latePlaces(file).join(', ') : '';
    const [open, close] = [`${scope}.importExternals([${needed}]).then(() => `, ')'];
    if (needed !== '') text.prependRight(start, open).appendLeft(end, close);
    else if (!file && isEarly) text.overwrite(start, start + 'import'.length, `${scope}.importModule`);
  }

  /** Returns the places of packages that a file needs, but no file of the start. */
  private latePlaces(chunk: OutputChunk): readonly number[] {
    const imports = filesOfStart(chunk, this.bundle.chunks).flatMap((file) => this.imported.get(file)!);
    const needed = imports.flatMap(({ from }) => this.places.get(from) ?? []);
    return [...new Set(needed.filter((place) => place >= this.externals.early.length))];
  }
}

/** Returns a name that the files don't contain. */
function unused(name: string, chunks: readonly OutputChunk[]): string {
  return chunks.some(({ code }) => code.includes(name)) ? unused(`${name}_`, chunks) : name;
}

function isImportMeta({ type, property }: Syntax): boolean {
  return type === 'MetaProperty' && property?.name === 'meta';
}

function isDirective({ type, expression }: Syntax): boolean {
  return type === 'ExpressionStatement' && nodeIn(expression)?.type === 'Literal';
}

/**
 * Leaves the exports that only code on demand imports until some of it is loaded: for Lambent's own, that are 800
 * assignments, a twelfth of a start with a cache.
 *
 * @param names.own The names that the handler's file imports.
 * @param names.given The variable with what the handler's file gives.
 */
function exportLater(
  text: RolldownMagicString,
  module: Syntax,
  { own, given }: { readonly own: ReadonlySet<string>; readonly given: string },
): void {
  const statements = partsOf(module);
  const last = statements.findLastIndex((statement) => exportedName(statement) === undefined);
  const exported = statements.slice(last + 1);
  const isOwn = (statement: Syntax) => own.has(exportedName(statement) ?? '');
  const later = exported.filter((statement) => !isOwn(statement));
  if (later.length === 0) return;
  const { start } = later[0]!;
  for (const statement of exported)
    if (statement.start > start && isOwn(statement)) text.move(statement.start, statement.end, start);
  text.prependRight(start, `\n${given}.exportLater(() => {\n`).append('\n});\n');
}

/** Returns the name that a statement exports, as in `exports.a = b` and `Object.defineProperty(exports, 'a', …)`. */
function exportedName({ expression }: Syntax): string | undefined {
  const assigned = nodeIn(expression);
  if (assigned?.left?.object?.name === 'exports') return nameOf(assigned.left.property);
  const [target, name] = assigned?.arguments ?? [];
  const isDefined = assigned?.callee?.property?.name === 'defineProperty' && target?.name === 'exports';
  return isDefined ? nameOf(name) : undefined;
}

/** Returns the files that wait, each with the names of those that it waits for. */
function filesThatWait(
  start: readonly OutputChunk[],
  parsed: ReadonlyMap<OutputChunk, Syntax>,
): ReadonlyMap<OutputChunk, readonly string[]> {
  const waiting = new Map<OutputChunk, readonly string[]>();
  const names = new Set<string>();
  // A file comes after those that it imports.
  for (const chunk of start) {
    const others = chunk.imports.filter((name) => names.has(name));
    if (others.length === 0 && !waitsAtTopLevel(parsed.get(chunk)!)) continue;
    waiting.set(chunk, others);
    names.add(chunk.fileName);
  }
  return waiting;
}

function refuseAwait(ids: readonly string[]): void {
  if (ids.length === 0) return;
  throw new BootstrapError(
    `Loaded on demand, with "await" at the top level: ${ids.join(', ')}. With the option "codeCache", modules become ` +
      'scripts, which cannot wait there. Move the "await" into a function, or leave out the option.',
  );
}

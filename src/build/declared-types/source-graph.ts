import { readFile } from 'node:fs/promises';
import type { BundlerContext } from '../bundler-options.js';
import { isDependency } from '../import-graph.js';
import {
  type ImportedName,
  nameOf,
  parsed,
  partsOf,
  sourceNames,
  type SourceNames,
  type Syntax,
  usedNames,
} from './syntax.js';

interface SourceFile {
  readonly names: SourceNames;
  /** What it exports that is there at run time: by the name outside, the name inside or in another file. */
  readonly exports: ReadonlyMap<string, ImportedName | string>;
  /** Of `export *`. */
  readonly passedOn: readonly string[];
  /** All that it imports but types. */
  readonly sources: readonly string[];
  /** From where it needs something as soon as it is evaluated. */
  readonly neededAtOnce: readonly string[];
}

/** Lambent's own classes that say what a route sends. */
const RESPONSES: ReadonlySet<string> = new Set([
  'EventSourceResponse',
  'FileResponse',
  'HtmlResponse',
  'JsonResponse',
  'RedirectResponse',
  'Response',
  'StreamResponse',
]);

const NO_FILE: SourceFile = {
  names: sourceNames({ type: 'Program', start: 0, end: 0 }),
  exports: new Map(),
  passedOn: [],
  sources: [],
  neededAtOnce: [],
};

/** The TypeScript files of a project, each read once a build. */
export class SourceGraph {
  readonly #files = new Map<string, Promise<SourceFile>>();
  readonly #places = new Map<string, Promise<string | undefined>>();

  /**
   * Whether a file may name an import when the document is made: it is a class or an enum that is there at run time,
   * and importing its file for it can't make another file be evaluated too early.
   *
   * @param isUsed whether code names it as it is, so that its file is imported anyway.
   */
  async canName(
    reader: BundlerContext,
    file: string,
    { source, name, isUsed }: ImportedName & { readonly isUsed: boolean },
  ): Promise<boolean> {
    const to = await this.#place(reader, source, file);
    if (to === undefined) return isUsed || (source === 'lambent' && RESPONSES.has(name));
    return (await this.#hasValue(reader, to, name)) && (isUsed || !(await this.#closesCircle(reader, file, to)));
  }

  async #hasValue(reader: BundlerContext, file: string, name: string, seen = new Set<string>()): Promise<boolean> {
    if (seen.has(`${name} ${file}`)) return false;
    seen.add(`${name} ${file}`);
    const { exports, names, passedOn } = await this.#file(reader, file);
    const exported = exports.get(name);
    if (typeof exported === 'string') {
      const imported = names.imports.get(exported);
      return names.values.has(exported) || (imported !== undefined && this.#isValueOf(reader, file, imported, seen));
    }
    if (exported) return this.#isValueOf(reader, file, exported, seen);
    for (const source of passedOn) if (await this.#isValueOf(reader, file, { source, name }, seen)) return true;
    return false;
  }

  async #isValueOf(
    reader: BundlerContext,
    file: string,
    { source, name }: ImportedName,
    seen: Set<string>,
  ): Promise<boolean> {
    const place = await this.#place(reader, source, file);
    return place !== undefined && this.#hasValue(reader, place, name, seen);
  }

  /**
   * Whether an import would stand in a circle in which one file needs another at once: as `extends` does, or an
   * argument of a decorator.
   */
  async #closesCircle(reader: BundlerContext, from: string, to: string): Promise<boolean> {
    const imports = await this.#reachable(reader, to);
    const circle = before(from, imports);
    if (!circle.has(to)) return false;
    circle.add(from);
    for (const file of circle) {
      const { neededAtOnce } = await this.#file(reader, file);
      if ((await this.#all(reader, neededAtOnce, file)).some((needed) => circle.has(needed))) return true;
    }
    return false;
  }

  /** What each file imports that can be reached from one. */
  async #reachable(reader: BundlerContext, start: string): Promise<Map<string, readonly string[]>> {
    const imports = new Map<string, readonly string[]>();
    const open = [start];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (imports.has(file)) continue;
      const next = await this.#all(reader, (await this.#file(reader, file)).sources, file);
      imports.set(file, next);
      open.push(...next);
    }
    return imports;
  }

  async #all(reader: BundlerContext, sources: readonly string[], importer: string): Promise<string[]> {
    const places = await Promise.all(sources.map((source) => this.#place(reader, source, importer)));
    return places.filter((place) => place !== undefined);
  }

  /** `undefined` for what is no TypeScript of the project. */
  #place(reader: BundlerContext, source: string, importer: string): Promise<string | undefined> {
    const key = `${source} ${importer}`;
    const place = this.#places.get(key) ?? placeOf(reader, source, importer);
    this.#places.set(key, place);
    return place;
  }

  #file(reader: BundlerContext, path: string): Promise<SourceFile> {
    const file = this.#files.get(path) ?? readSource(reader, path);
    this.#files.set(path, file);
    return file;
  }
}

async function placeOf(reader: BundlerContext, source: string, importer: string): Promise<string | undefined> {
  const found = await reader.resolve(source, importer);
  return found && !found.external && /\.[cm]?tsx?$/.test(found.id) && !isDependency(found.id) ? found.id : undefined;
}

/** A file that can't be read is told of when it is bundled. */
async function readSource(reader: BundlerContext, path: string): Promise<SourceFile> {
  try {
    return sourceFile(parsed(reader, await readFile(path, 'utf8'), path));
  } catch {
    return NO_FILE;
  }
}

function sourceFile(program: Syntax): SourceFile {
  const names = sourceNames(program);
  const statements = partsOf(program);
  const passing = statements.filter(
    ({ type, exportKind, source }) => type.startsWith('Export') && exportKind !== 'type' && source,
  );
  const atOnce = usedNames(program, true);
  const needed = [...names.imports].filter(([local]) => atOnce.has(local)).map(([, { source }]) => source);
  return {
    names,
    exports: new Map(statements.flatMap(exportsOf)),
    passedOn: passing
      .filter(({ type, exported }) => type === 'ExportAllDeclaration' && !exported)
      .map(({ source }) => nameOf(source)!),
    sources: [...new Set([...importedBy(statements), ...passing.map(({ source }) => nameOf(source)!)])],
    neededAtOnce: [...new Set(needed)],
  };
}

function importedBy(statements: readonly Syntax[]): string[] {
  return statements
    .filter(({ type, importKind }) => type === 'ImportDeclaration' && importKind !== 'type')
    .map(({ source }) => nameOf(source)!);
}

function exportsOf({
  type,
  declaration,
  specifiers = [],
  source,
  exportKind,
}: Syntax): [string, ImportedName | string][] {
  if (exportKind === 'type') return [];
  const declared = nameOf(declaration?.id) ?? nameOf(declaration);
  if (declared !== undefined) return [[type === 'ExportDefaultDeclaration' ? 'default' : declared, declared]];
  const values =
    type === 'ExportNamedDeclaration' ? specifiers.filter((specifier) => specifier.exportKind !== 'type') : [];
  return values.map(({ local, exported }) => [
    nameOf(exported)!,
    source ? { source: nameOf(source)!, name: nameOf(local)! } : nameOf(local)!,
  ]);
}

/** Those from which a file can be reached. */
function before(target: string, imports: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  for (let size = -1; size < found.size;) {
    size = found.size;
    for (const [file, next] of imports) if (next.some((one) => one === target || found.has(one))) found.add(file);
  }
  return found;
}

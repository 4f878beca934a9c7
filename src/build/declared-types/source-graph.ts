import { readFile } from 'node:fs/promises';
import { isDependency } from '../packages.js';
import type { BundlerContext } from '../rolldown-types.js';
import { type ImportedName, nameOf, parsed, partsOf, type Syntax } from '../syntax.js';
import { sourceNames, type SourceNames, usedNames } from './source-names.js';

/** A parsed file of the project. */
interface SourceFile {
  readonly names: SourceNames;
  /** The exports that exist at run time: the exported name, with the local name or the name in another file. */
  readonly exports: ReadonlyMap<string, ImportedName | string>;
  /** The sources of `export *`. */
  readonly starExports: readonly string[];
  /** The sources of all imports except types. */
  readonly sources: readonly string[];
  /** The sources of imports that are used while the file is evaluated. */
  readonly usedAtLoad: readonly string[];
}

/** Lambent's classes that describe a response. */
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
  starExports: [],
  sources: [],
  usedAtLoad: [],
};

/** The TypeScript files of a project, each of which is read once per build. */
export class SourceGraph {
  readonly #files = new Map<string, Promise<SourceFile>>();
  readonly #places = new Map<string, Promise<string | undefined>>();

  /**
   * Whether a file may refer to an import when the document is created. The import must be a class or an enum that
   * exists at run time, and importing its file must not make another file be evaluated too early.
   *
   * @param isUsed Whether the code uses the import anyway.
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
    const { exports, names, starExports } = await this.#file(reader, file);
    const exported = exports.get(name);
    if (typeof exported === 'string') {
      const imported = names.imports.get(exported);
      return names.values.has(exported) || (imported !== undefined && this.#isValueOf(reader, file, imported, seen));
    }
    if (exported) return this.#isValueOf(reader, file, exported, seen);
    for (const source of starExports) if (await this.#isValueOf(reader, file, { source, name }, seen)) return true;
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
   * Whether an import would close a circle in which a file uses another while it is evaluated, such as with `extends`
   * or an argument of a decorator.
   */
  async #closesCircle(reader: BundlerContext, from: string, to: string): Promise<boolean> {
    const imports = await this.#reachable(reader, to);
    const circle = before(from, imports);
    if (!circle.has(to)) return false;
    circle.add(from);
    for (const file of circle) {
      const { usedAtLoad } = await this.#file(reader, file);
      if ((await this.#all(reader, usedAtLoad, file)).some((needed) => circle.has(needed))) return true;
    }
    return false;
  }

  /** Returns the imports of each file that can be reached from a file. */
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

  /** Returns the file of an import, or `undefined` when it is not a TypeScript file of the project. */
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

/** Reads a file. The bundler reports a file that cannot be read. */
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
  const reexports = statements.filter(
    ({ type, exportKind, source }) => type.startsWith('Export') && exportKind !== 'type' && source,
  );
  const atOnce = usedNames(program, true);
  const needed = [...names.imports].filter(([local]) => atOnce.has(local)).map(([, { source }]) => source);
  return {
    names,
    exports: new Map(statements.flatMap(exportsOf)),
    starExports: reexports
      .filter(({ type, exported }) => type === 'ExportAllDeclaration' && !exported)
      .map(({ source }) => nameOf(source)!),
    sources: [...new Set([...importedBy(statements), ...reexports.map(({ source }) => nameOf(source)!)])],
    usedAtLoad: [...new Set(needed)],
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

/** Returns the files from which a file can be reached. */
function before(target: string, imports: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  for (let size = -1; size < found.size;) {
    size = found.size;
    for (const [file, next] of imports) if (next.some((one) => one === target || found.has(one))) found.add(file);
  }
  return found;
}

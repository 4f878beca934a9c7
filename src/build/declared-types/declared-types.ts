import { DECLARED_TYPES } from '../../metadata/declared-types.js';
import type { BundlerContext, BundlerPlugin, Transformed } from '../rolldown-types.js';
import { nameOf, parsed, partsOf, type Syntax, syntaxOf } from '../syntax.js';
import { describeClass, type Results, undeclaredResults } from './describe-class.js';
import { InferredResults } from './inferred-results.js';
import { servesDocument } from './serves-document.js';
import { SourceGraph } from './source-graph.js';
import { sourceNames, type SourceNames, usedNames } from './source-names.js';
import { toSource, TypeReader } from './type-reader.js';

/** Only the project's TypeScript files that import decorators of DTOs, responses or routes are parsed. */
const SOURCES = /^(?!.*[\\/]node_modules[\\/]).*\.[cm]?tsx?$/;
const DECORATED = /\bfrom ?['"](?:lambent(?:\/openapi)?|class-validator|class-transformer)['"]/;

/** The entries whose API document needs the types. */
export interface DocumentedEntries {
  /** The entries of the bundler. Nothing is added unless one of their imports creates a document. */
  readonly entries: readonly string[];
  readonly cwd: string;
}

/**
 * Adds information to classes that only their TypeScript sources contain, for an API document. Each class gets a static
 * method that only the document calls.
 *
 * @param documented The entries to check for a document. Without them, the types are always added.
 */
export function declaredTypes(documented?: DocumentedEntries): BundlerPlugin {
  const project = { graph: new SourceGraph(), inferred: new InferredResults() };
  let hasDocument: Promise<boolean> | undefined;
  return {
    name: 'lambent:declared-types',
    transform: {
      filter: { id: SOURCES, code: DECORATED },
      async handler(code, id) {
        if (code.includes(DECLARED_TYPES)) return null;
        hasDocument ??= documented ? servesDocument(this, documented.entries, documented.cwd) : Promise.resolve(true);
        // The bundler itself reports errors in sources. A problem with the API document must not fail the build.
        return (await hasDocument.catch(() => false))
          ? withTypes(this, { code, id, ...project }).catch(() => null)
          : null;
      },
    },
  };
}

interface Source {
  readonly code: string;
  readonly id: string;
  readonly graph: SourceGraph;
  readonly inferred: InferredResults;
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

async function withTypes(reader: BundlerContext, source: Source): Promise<Transformed | null> {
  const { code, id, graph } = source;
  const program = parsed(reader, code, id);
  const classes = classesOf(program);
  const [used, { results, files }] = [usedNames(program, false), inferredResults(classes, reader, source)];
  const names = withFiles(sourceNames(program), program, files);
  const needed = new Set<string>();
  // The first pass finds the names that are needed, some of which may not be usable.
  const seek = new TypeReader(names, (local) => Boolean(needed.add(local)));
  for (const declaration of classes) describeClass(declaration, code, seek, results);
  const can = new Set<string>();
  for (const local of needed) {
    if (await graph.canName(reader, id, { ...names.imports.get(local)!, isUsed: used.has(local) })) can.add(local);
  }
  const types = new TypeReader(names, (local) => can.has(local));
  const added = [...files].filter(([name, file]) => can.has(name) && names.imports.get(name)!.source === file);
  const local = (name: string) => (added.some(([one]) => one === name) ? aliasOf(name) : name);
  const insertions = classes.flatMap((declaration) => {
    const description = describeClass(declaration, code, types, results);
    return description ? [insertionOf(declaration, toSource(description, local))] : [];
  });
  const imports = added
    .map(([name, file]) => `import{${name} as ${aliasOf(name)}}from${JSON.stringify(file)};`)
    .join('');
  return inserted(
    code,
    imports ? [{ at: code.startsWith('#!') ? code.indexOf('\n') + 1 : 0, text: imports }, ...insertions] : insertions,
  );
}

/** Returns a name that the file doesn't use. */
function aliasOf(name: string): string {
  return `lambent$${name}`;
}

interface Inferred {
  readonly results: Results;
  /** The files of the classes in the results, by name. */
  readonly files: ReadonlyMap<string, string>;
}

function inferredResults(classes: readonly Syntax[], reader: BundlerContext, { id, inferred }: Source): Inferred {
  const [results, files] = [new Map<Syntax, Syntax>(), new Map<string, string>()];
  for (const declaration of classes.filter((one) => one.id)) {
    for (const member of undeclaredResults(declaration)) {
      const result = inferred.of(id, nameOf(declaration.id)!, nameOf(member.key)!);
      const type = result && parsedType(result.text, reader);
      if (!type) continue;
      results.set(member, type);
      for (const [name, file] of result.files) files.set(name, file);
    }
  }
  return { results, files };
}

/** Parses a type, or returns `undefined`: TypeScript prints some types in a form that cannot be parsed. */
function parsedType(text: string, reader: BundlerContext): Syntax | undefined {
  try {
    const program = syntaxOf(reader.parse(`type Result = ${text}`, { lang: 'ts' }));
    return partsOf(program)[0]?.typeAnnotation ?? undefined;
  } catch {
    return undefined;
  }
}

/** Adds imports for classes of other files, unless the file uses their names, even for a type. */
function withFiles(names: SourceNames, program: Syntax, files: ReadonlyMap<string, string>): SourceNames {
  const taken = new Set(
    partsOf(program).flatMap(({ specifiers = [] }) => specifiers.map(({ local }) => nameOf(local))),
  );
  const added = [...files].filter(([name]) => !taken.has(name) && !names.values.has(name) && !names.types.has(name));
  return {
    ...names,
    imports: new Map([...names.imports, ...added.map(([name, file]) => [name, { source: file, name }] as const)]),
  };
}

function classesOf(program: Syntax): Syntax[] {
  return partsOf(program)
    .map((statement) => statement.declaration ?? statement)
    .filter(({ type, declare }) => type === 'ClassDeclaration' && !declare);
}

/** Inserts at the end of the class, so that all code before keeps its position. */
function insertionOf({ end }: Syntax, description: string): Insertion {
  return { at: end - 1, text: `;static ${JSON.stringify(DECLARED_TYPES)}(){return${description}}` };
}

/**
 * Inserts text without a source map. All lines keep their numbers. Columns only change behind an import on the first
 * line, and behind a class on its last line.
 */
function inserted(code: string, insertions: readonly Insertion[]): Transformed | null {
  if (insertions.length === 0) return null;
  const ends = [0, ...insertions.map(({ at }) => at)];
  const parts = ends.map((start, index) => code.slice(start, ends[index + 1]) + (insertions[index]?.text ?? ''));
  return { code: parts.join(''), map: null };
}

import { DECLARED_TYPES } from '../../metadata/declared-types.js';
import type { BundlerContext, BundlerPlugin, Transformed } from '../bundler-options.js';
import { describeClass, type Results, undeclaredResults } from './describe-class.js';
import { InferredResults } from './inferred-results.js';
import { servesDocument } from './serves-document.js';
import { SourceGraph } from './source-graph.js';
import { nameOf, parsed, partsOf, sourceNames, type SourceNames, type Syntax, usedNames } from './syntax.js';
import { toSource, TypeReader } from './type-reader.js';

/** Of the project's TypeScript, only files with decorators of a DTO, an answer or a route are parsed. */
const SOURCES = /^(?!.*[\\/]node_modules[\\/]).*\.[cm]?tsx?$/;
const DECORATED = /\bfrom ?['"](?:lambent(?:\/openapi)?|class-validator|class-transformer)['"]/;

/** For whose document the types are read. */
export interface DocumentedEntries {
  /** As the bundler takes them; nothing is added where nothing that they import makes a document. */
  readonly entries: readonly string[];
  readonly cwd: string;
}

/**
 * Adds to classes what their TypeScript sources alone say of them, for an API document: a static method each, which
 * nobody else calls.
 *
 * @param documented whose document it is; `undefined` where there is one in any case.
 */
export function declaredTypes(documented?: DocumentedEntries): BundlerPlugin {
  const project = { graph: new SourceGraph(), inferred: new InferredResults() };
  let isAsked: Promise<boolean> | undefined;
  return {
    name: 'lambent:declared-types',
    transform: {
      filter: { id: SOURCES, code: DECORATED },
      async handler(code, id) {
        if (code.includes(DECLARED_TYPES)) return null;
        isAsked ??= documented ? servesDocument(this, documented.entries, documented.cwd) : Promise.resolve(true);
        // What is wrong with a source is told by the bundler itself; a document is no reason to have no bundle.
        return (await isAsked.catch(() => false)) ? withTypes(this, { code, id, ...project }).catch(() => null) : null;
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
  // Once to see which names are needed, of which some can't be looked up.
  const seek = new TypeReader(names, (local) => Boolean(needed.add(local)));
  for (const declaration of classes) describeClass(declaration, code, seek, results);
  const can = new Set<string>();
  for (const local of needed)
    if (await graph.canName(reader, id, { ...names.imports.get(local)!, isUsed: used.has(local) })) can.add(local);
  const types = new TypeReader(names, (local) => can.has(local));
  const added = [...files].filter(([name, file]) => can.has(name) && names.imports.get(name)!.source === file);
  const local = (name: string) => (added.some(([one]) => one === name) ? aliasOf(name) : name);
  const insertions = classes.flatMap((declaration) => {
    const words = describeClass(declaration, code, types, results);
    return words ? [insertionOf(declaration, toSource(words, local))] : [];
  });
  const imports = added
    .map(([name, file]) => `import{${name} as ${aliasOf(name)}}from${JSON.stringify(file)};`)
    .join('');
  return inserted(
    code,
    imports ? [{ at: code.startsWith('#!') ? code.indexOf('\n') + 1 : 0, text: imports }, ...insertions] : insertions,
  );
}

/** What nobody calls anything. */
function aliasOf(name: string): string {
  return `lambent$${name}`;
}

interface Inferred {
  readonly results: Results;
  /** Of classes that they name. */
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

/** TypeScript writes some types in a way that can't be read. */
function parsedType(text: string, reader: BundlerContext): Syntax | undefined {
  try {
    return partsOf(reader.parse(`type Result = ${text}`, { lang: 'ts' }) as Syntax)[0]?.typeAnnotation ?? undefined;
  } catch {
    return undefined;
  }
}

/** With classes that TypeScript found in other files, where the file has no such name, not even for a type. */
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

/** At the end of the class: what stands before it stays where it is. */
function insertionOf({ body }: Syntax, words: string): Insertion {
  return { at: (body as Syntax).end - 1, text: `;static ${JSON.stringify(DECLARED_TYPES)}(){return${words}}` };
}

/**
 * No map: lines stay where they are, and so do columns but for what follows an import in the first line, or a class on
 * its last.
 */
function inserted(code: string, insertions: readonly Insertion[]): Transformed | null {
  if (insertions.length === 0) return null;
  const ends = [0, ...insertions.map(({ at }) => at)];
  const parts = ends.map((start, index) => code.slice(start, ends[index + 1]) + (insertions[index]?.text ?? ''));
  return { code: parts.join(''), map: null };
}

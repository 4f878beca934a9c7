import { DECLARED_TYPES } from '../../metadata/declared-types.js';
import type { BundlerPlugin, Transformed } from '../bundler-options.js';
import { classWords } from './class-words.js';
import { servesDocument } from './serves-document.js';
import { SourceGraph, type SourceReader } from './source-graph.js';
import { sourceNames } from './source-names.js';
import { partsOf, type Syntax, usedNames } from './syntax.js';
import { TypeReader } from './type-words.js';
import { written } from './words.js';

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
 * Adds to classes what their TypeScript sources alone say of them, for an API document: a static method each, which nobody
 * else calls.
 *
 * @param documented whose document it is; `undefined` where there is one in any case.
 */
export function declaredTypes(documented?: DocumentedEntries): BundlerPlugin {
  const graph = new SourceGraph();
  let isAsked: Promise<boolean> | undefined;
  return {
    name: 'lambent:declared-types',
    transform: {
      filter: { id: SOURCES, code: DECORATED },
      async handler(code, id) {
        if (code.includes(DECLARED_TYPES)) return null;
        isAsked ??= documented ? servesDocument(this, documented.entries, documented.cwd) : Promise.resolve(true);
        // What is wrong with a source is told by the bundler itself; a document is no reason to have no bundle.
        return (await isAsked.catch(() => false)) ? withTypes(this, { code, id, graph }).catch(() => null) : null;
      },
    },
  };
}

interface Source {
  readonly code: string;
  readonly id: string;
  readonly graph: SourceGraph;
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

async function withTypes(reader: SourceReader, { code, id, graph }: Source): Promise<Transformed | null> {
  const program = reader.parse(code, { lang: id.endsWith('x') ? 'tsx' : 'ts' }) as Syntax;
  const [names, used] = [sourceNames(program), usedNames(program, false)];
  const needed = new Set<string>();
  const classes = classesOf(program);
  // Once to see which names are needed, of which some can't be looked up.
  const seek = new TypeReader(names, (local) => Boolean(needed.add(local)));
  for (const declaration of classes) classWords(declaration, code, seek);
  const can = new Set<string>();
  for (const local of needed) if (await graph.canName(reader, id, { ...names.imports.get(local)!, isUsed: used.has(local) })) can.add(local);
  const types = new TypeReader(names, (local) => can.has(local));
  return inserted(code, classes.flatMap((declaration) => insertionOf(declaration, code, types)));
}

function classesOf(program: Syntax): Syntax[] {
  return partsOf(program)
    .map((statement) => statement.declaration ?? statement)
    .filter(({ type, declare }) => type === 'ClassDeclaration' && !declare);
}

/** At the end of the class: what stands before it stays where it is. */
function insertionOf(declaration: Syntax, code: string, types: TypeReader): Insertion[] {
  const words = classWords(declaration, code, types);
  return words ? [{ at: (declaration.body as Syntax).end - 1, text: `;static ${JSON.stringify(DECLARED_TYPES)}(){return${written(words)}}` }] : [];
}

/** No map: lines stay where they are, and so do columns but for what follows a class on its last line. */
function inserted(code: string, insertions: readonly Insertion[]): Transformed | null {
  if (insertions.length === 0) return null;
  const ends = [0, ...insertions.map(({ at }) => at)];
  const parts = ends.map((start, index) => code.slice(start, ends[index + 1]) + (insertions[index]?.text ?? ''));
  return { code: parts.join(''), map: null };
}

import { depthFirst } from '../shared/depth-first.js';
import { ImportGraph } from './import-graph.js';
import type { BundlerPlugin } from './rolldown-types.js';
import { childrenOf, type Syntax } from './syntax.js';

/** The part of a bundle's file that is read here. */
interface File {
  readonly fileName: string;
  /** The files that are loaded with it. */
  readonly imports: readonly string[];
  /** In the order of evaluation. */
  readonly moduleIds: readonly string[];
  readonly modules: Readonly<Record<string, { readonly code: string | null }>>;
  readonly isEntry: boolean;
  readonly facadeModuleId: string | null;
}

/** A module that a bundle evaluates before another, although the sources import it after that one. */
export interface EarlyModule {
  readonly id: string;
  readonly before: string;
}

/**
 * Finds a module that is evaluated too early when a handler starts. Code that is loaded with the handler and on demand,
 * too, is in a file of its own, which runs before the handler's: also before what the handler imports first.
 *
 * Only modules with effects are compared: not those of packages with `"sideEffects": false`, as Lambent is.
 */
export function earlyModule(files: readonly File[], graph: ImportGraph): EarlyModule | undefined {
  for (const entry of files.filter(({ isEntry }) => isEntry)) {
    const found = evaluatedBy(filesOfStart(entry, files), graph).filter((id) => graph.hasEffects(id));
    const present = new Set(found);
    const expected = graph.evaluationOrder(entry.facadeModuleId ?? '').filter((id) => present.has(id));
    const at = expected.findIndex((id, index) => id !== found[index]);
    if (at >= 0) return { id: found[at]!, before: expected[at]! };
  }
  return undefined;
}

/** Returns the files that are loaded with an entry, and itself, in the order of evaluation. */
export function filesOfStart<F extends File>(entry: F, files: readonly F[]): readonly F[] {
  const byName = new Map(files.map((file) => [file.fileName, file]));
  return depthFirst([entry], ({ imports }) => imports.flatMap((name) => byName.get(name) ?? [])).order;
}

/** Returns the modules that files evaluate, in their order, but not what CommonJS modules require of each other. */
function evaluatedBy(files: readonly File[], graph: ImportGraph): string[] {
  const wrappers = new Map(
    files.flatMap(({ modules }) => Object.entries(modules)).map(([id, one]) => [id, wrapper(one)]),
  );
  const evaluated = new Set<string>();
  for (const { moduleIds } of files) {
    const own = moduleIds.filter((id) => wrappers.get(id) === undefined);
    const here = new Set(own.flatMap((id) => graph.importsOf(id)));
    for (const id of moduleIds) {
      if (wrappers.get(id) === undefined) {
        // A CommonJS module of another file is called where it is imported first.
        const others = graph
          .importsOf(id)
          .filter((one) => wrappers.get(one) === 'commonJS' && !moduleIds.includes(one));
        for (const one of [...others, id]) evaluated.add(one);
      } else if (wrappers.get(id) === 'commonJS' && here.has(id)) evaluated.add(id);
    }
  }
  return [...evaluated];
}

/** Returns by which function the bundler calls a module later. It calls CommonJS modules where they are imported. */
function wrapper({ code }: { readonly code: string | null }): string | undefined {
  return /\b__(esm|commonJS)(?:Min)?\(/.exec(code ?? '')?.[1];
}

/** Whether the code of a module has an `await` that is in no function. */
export function waitsAtTopLevel(node: Syntax): boolean {
  if (node.type === 'AwaitExpression' || node.await === true) return true;
  return !/Function/.test(node.type) && childrenOf(node).some(waitsAtTopLevel);
}

function isChunk(file: object): file is File {
  return 'moduleIds' in file;
}

/** Returns a plugin that warns of modules that are evaluated too early. To avoid it, `build` bundles again. */
export function warnOfOrder(): BundlerPlugin {
  const graph = new ImportGraph();
  return {
    name: 'lambent:evaluation-order',
    moduleParsed: (module) => graph.add(module),
    generateBundle(_options, files) {
      const chunks = Object.values(files).filter(isChunk);
      const early = earlyModule(chunks, graph);
      if (!early) return;
      this.warn(
        `${early.id} is evaluated before ${early.before}, which the sources import first. If that matters, ` +
          'set the option output.strictExecutionOrder of rolldown, or use build().',
      );
    },
  };
}

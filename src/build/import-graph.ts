import { depthFirst } from '../shared/depth-first.js';
import { Packages } from './packages.js';
import type { ParsedModule } from './rolldown-types.js';

/** A module, before any is left out. */
interface Module {
  readonly isEntry: boolean;
  /** The modules that are loaded with it. */
  readonly imports: readonly string[];
  /** With what it loads at run time. */
  readonly allImports: readonly string[];
  readonly hasDefault: boolean;
}

/** The imports of all modules that the bundler found, before it left any out. */
export class ImportGraph {
  readonly #modules = new Map<string, Module>();
  readonly #packages = new Packages();

  /** All modules, including the entries. */
  get modules(): string[] {
    return [...this.#modules.keys()];
  }

  get entries(): string[] {
    return this.modules.filter((id) => this.#modules.get(id)!.isEntry);
  }

  /** Returns a plugin that fills the graph. */
  plugin(): { name: string; moduleParsed(module: ParsedModule): void } {
    return { name: 'lambent:import-graph', moduleParsed: (module) => this.add(module) };
  }

  add({ id, isEntry, importedIds, dynamicallyImportedIds, exports }: ParsedModule): void {
    const allImports = [...importedIds, ...dynamicallyImportedIds];
    this.#modules.set(id, { isEntry, imports: importedIds, allImports, hasDefault: exports.includes('default') });
  }

  /** Whether the source of an entry has a default export. */
  hasDefault(entry: string): boolean {
    return this.#modules.get(entry)?.hasDefault === true;
  }

  /** Returns the modules that are evaluated with an entry, in the order of the sources' imports. */
  evaluationOrder(entry: string): readonly string[] {
    return depthFirst([entry], (id) => this.importsOf(id)).order;
  }

  /** Returns what a module imports, without what it loads at run time. */
  importsOf(id: string): readonly string[] {
    return this.#modules.get(id)?.imports ?? [];
  }

  /** Whether it may count when a module is evaluated: not for one of a package that says `"sideEffects": false`. */
  hasEffects(id: string): boolean {
    return !id.startsWith('\0') && this.#packages.mayHaveEffects(id);
  }

  /** Returns the modules that import a matching module, without those that match themselves. */
  importersOf(matches: (id: string) => boolean): string[] {
    return this.modules.filter((id) => !matches(id) && this.#modules.get(id)!.allImports.some(matches));
  }

  /** Returns a shortest chain of imports from an entry to a matching module, both included, or an empty list. */
  wayTo(matches: (id: string) => boolean): readonly string[] {
    const cameFrom = new Map<string, string | undefined>(this.entries.map((id) => [id, undefined]));
    // Iterating a map includes the items that are added meanwhile, so it serves as the queue of the search.
    for (const id of cameFrom.keys()) {
      if (matches(id)) return way(id, cameFrom);
      for (const next of this.#modules.get(id)?.allImports ?? []) if (!cameFrom.has(next)) cameFrom.set(next, id);
    }
    return [];
  }
}

function way(to: string, cameFrom: ReadonlyMap<string, string | undefined>): readonly string[] {
  const before = cameFrom.get(to);
  return before === undefined ? [to] : [...way(before, cameFrom), to];
}

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { depthFirst } from '../shared/depth-first.js';
import type { ParsedModule } from './rolldown-types.js';

/** The imports of all modules that the bundler found, before it left any out. */
export class ImportGraph {
  readonly #imports = new Map<string, readonly string[]>();
  /** Without those at run time. */
  readonly #static = new Map<string, readonly string[]>();
  readonly #packages = new Packages();
  readonly entries: string[] = [];
  readonly #withDefault = new Set<string>();

  /** All modules, including the entries. */
  get modules(): string[] {
    return [...this.#imports.keys()];
  }

  /** Returns a plugin that fills the graph. */
  plugin(): { name: string; moduleParsed(module: ParsedModule): void } {
    return { name: 'lambent:import-graph', moduleParsed: (module) => this.add(module) };
  }

  add({ id, isEntry, importedIds, dynamicallyImportedIds, exports }: ParsedModule): void {
    this.#imports.set(id, [...importedIds, ...dynamicallyImportedIds]);
    this.#static.set(id, importedIds);
    if (!isEntry) return;
    this.entries.push(id);
    if (exports.includes('default')) this.#withDefault.add(id);
  }

  /** Whether the source of an entry has a default export. */
  hasDefault(entry: string): boolean {
    return this.#withDefault.has(entry);
  }

  /** Returns the modules that are evaluated with an entry, in the order of the sources' imports. */
  evaluationOrder(entry: string): readonly string[] {
    return depthFirst([entry], (id) => this.importsOf(id)).order;
  }

  /** Returns what a module imports, without what it loads at run time. */
  importsOf(id: string): readonly string[] {
    return this.#static.get(id) ?? [];
  }

  /** Whether it may count when a module is evaluated: not for one of a package that says `"sideEffects": false`. */
  hasEffects(id: string): boolean {
    return !id.startsWith('\0') && this.#packages.mayHaveEffects(id);
  }

  /** Returns the modules that import a matching module, without those that match themselves. */
  importersOf(matches: (id: string) => boolean): string[] {
    return this.modules.filter((id) => !matches(id) && this.#imports.get(id)!.some(matches));
  }

  /** Returns a shortest chain of imports from an entry to a matching module, both included, or an empty list. */
  wayTo(matches: (id: string) => boolean): readonly string[] {
    const cameFrom = new Map<string, string | undefined>(this.entries.map((id) => [id, undefined]));
    // Iterating a map includes the items that are added meanwhile, so it serves as the queue of the search.
    for (const id of cameFrom.keys()) {
      if (matches(id)) return way(id, cameFrom);
      for (const next of this.#imports.get(id) ?? []) if (!cameFrom.has(next)) cameFrom.set(next, id);
    }
    return [];
  }
}

function way(to: string, cameFrom: ReadonlyMap<string, string | undefined>): readonly string[] {
  const before = cameFrom.get(to);
  return before === undefined ? [to] : [...way(before, cameFrom), to];
}

/** The name for code of no package: the bundler's own, and that of plugins. */
export const BUNDLER = 'the bundler';

/** Whether a module is in `node_modules`, or not on the disk at all. */
export function isDependency(id: string): boolean {
  return id.startsWith('\0') || /[\\/]node_modules[\\/]/.test(id);
}

interface Package {
  readonly name?: string;
  readonly sideEffects?: unknown;
}

/**
 * Finds the package of a module by the nearest `package.json` with a name, which also works for linked packages and
 * workspaces.
 */
export class Packages {
  readonly #packages = new Map<string, Package | undefined>();

  nameOf(id: string): string | undefined {
    return id.startsWith('\0') ? BUNDLER : this.#packageIn(dirname(id))?.name;
  }

  mayHaveEffects(id: string): boolean {
    return this.#packageIn(dirname(id))?.sideEffects !== false;
  }

  #packageIn(folder: string): Package | undefined {
    if (this.#packages.has(folder)) return this.#packages.get(folder);
    const found = packageIn(folder) ?? (dirname(folder) === folder ? undefined : this.#packageIn(dirname(folder)));
    this.#packages.set(folder, found);
    return found;
  }
}

function packageIn(folder: string): Package | undefined {
  try {
    const found = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Package;
    return found.name === undefined ? undefined : found;
  } catch {
    return undefined;
  }
}

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The imports of all modules that the bundler found, before it left any out. */
export class ImportGraph {
  readonly #imports = new Map<string, readonly string[]>();
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
    if (!isEntry) return;
    this.entries.push(id);
    if (exports.includes('default')) this.#withDefault.add(id);
  }

  /** Whether the source of an entry has a default export. */
  hasDefault(entry: string): boolean {
    return this.#withDefault.has(entry);
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

interface ParsedModule {
  readonly id: string;
  readonly isEntry: boolean;
  readonly importedIds: readonly string[];
  readonly dynamicallyImportedIds: readonly string[];
  readonly exports: readonly string[];
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

/**
 * Finds the package of a module by the nearest `package.json` with a name, which also works for linked packages and
 * workspaces.
 */
export class PackageNames {
  readonly #names = new Map<string, string | undefined>();

  of(id: string): string | undefined {
    return id.startsWith('\0') ? BUNDLER : this.#nameIn(dirname(id));
  }

  #nameIn(folder: string): string | undefined {
    if (this.#names.has(folder)) return this.#names.get(folder);
    const name = nameIn(folder) ?? (dirname(folder) === folder ? undefined : this.#nameIn(dirname(folder)));
    this.#names.set(folder, name);
    return name;
  }
}

function nameIn(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: string }).name;
  } catch {
    return undefined;
  }
}

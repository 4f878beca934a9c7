import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Which module imports which, as the bundler found them, before anything was left out. */
export class ImportGraph {
  readonly #imports = new Map<string, readonly string[]>();
  readonly entries: string[] = [];

  /** Everything that is imported, entries included. */
  get modules(): string[] {
    return [...this.#imports.keys()];
  }

  /** Fills the graph. */
  plugin(): { name: string; moduleParsed(module: ParsedModule): void } {
    return { name: 'lambent:import-graph', moduleParsed: (module) => this.add(module) };
  }

  add({ id, isEntry, importedIds, dynamicallyImportedIds }: ParsedModule): void {
    this.#imports.set(id, [...importedIds, ...dynamicallyImportedIds]);
    if (isEntry) this.entries.push(id);
  }

  /** A shortest way from an entry to a module that fits, both included; empty when there is none. */
  wayTo(fits: (id: string) => boolean): readonly string[] {
    const cameFrom = new Map<string, string | undefined>(this.entries.map((id) => [id, undefined]));
    // A map may grow while it is walked, and gives what was added: a queue without another list.
    for (const id of cameFrom.keys()) {
      if (fits(id)) return way(id, cameFrom);
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
}

function way(to: string, cameFrom: ReadonlyMap<string, string | undefined>): readonly string[] {
  const before = cameFrom.get(to);
  return before === undefined ? [to] : [...way(before, cameFrom), to];
}

/** What no package is: the bundler's own code, and what a plugin made up. */
export const BUNDLER = 'the bundler';

/** Whether a module came out of `node_modules`, or is none of the disk. */
export function isDependency(id: string): boolean {
  return id.startsWith('\0') || /[\\/]node_modules[\\/]/.test(id);
}

/**
 * Tells packages by the nearest `package.json` that has a name, so that linked packages and workspaces have theirs,
 * too.
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

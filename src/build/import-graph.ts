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

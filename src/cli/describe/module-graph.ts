import type { ModuleDescription } from '../../contracts/application-description.js';

/** A module as a graph shows it. */
export interface GraphNode {
  readonly name: string;
  readonly global: boolean;
  readonly imports: readonly string[];
}

/** By name. Modules of the same name, as of `forRoot` that is called twice, are one, for imports are told by name. */
export function moduleGraph(modules: readonly ModuleDescription[]): ReadonlyMap<string, GraphNode> {
  const graph = new Map<string, GraphNode>();
  for (const { name, global, imports } of modules) {
    const same = graph.get(name);
    graph.set(name, { name, global: global || same?.global === true, imports: [...new Set([...(same?.imports ?? []), ...imports])] });
  }
  return graph;
}

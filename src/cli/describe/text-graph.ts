import type { ModuleDescription } from '../../contracts/application-description.js';
import { type GraphNode, moduleGraph } from './module-graph.js';

/** A tree from the root on; a module that several import is opened once. */
export function textGraph(modules: readonly ModuleDescription[]): string {
  const graph = moduleGraph(modules);
  const opened = new Set<string>();
  const open = ({ name, imports }: GraphNode, indent: string): string[] => {
    if (opened.has(name)) return [];
    opened.add(name);
    return imports.flatMap((imported, index) => {
      const node = graph.get(imported)!;
      const last = index === imports.length - 1;
      const line = `${indent}${last ? '└─' : '├─'} ${label(node, opened)}`;
      return [line, ...open(node, `${indent}${last ? '  ' : '│ '} `)];
    });
  };
  // The root imports all others, and so comes last.
  const root = graph.get(modules.at(-1)!.name)!;
  return [root.name, ...open(root, '')].join('\n');
}

function label({ name, global, imports }: GraphNode, opened: ReadonlySet<string>): string {
  return `${name}${global ? ' (global)' : ''}${opened.has(name) && imports.length > 0 ? ' (see above)' : ''}`;
}

import type { ModuleDescription } from '../../contracts/application-description.js';
import { moduleGraph } from './module-graph.js';

/** A flow chart, see https://mermaid.js.org/syntax/flowchart.html. Global modules are round. */
export function mermaidGraph(modules: readonly ModuleDescription[]): string {
  const nodes = [...moduleGraph(modules).values()];
  const ids = new Map(nodes.map(({ name }, index) => [name, `m${index}`]));
  const boxes = nodes.map(({ name, global }) => `  ${ids.get(name)}${global ? `(["${name}"])` : `["${name}"]`}`);
  const arrows = nodes.flatMap(({ name, imports }) => imports.map((imported) => `  ${ids.get(name)} --> ${ids.get(imported)}`));
  return ['flowchart TD', ...boxes, ...arrows].join('\n');
}

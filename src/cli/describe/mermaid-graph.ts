import type { ModuleDescription } from '../../contracts/application-description.js';

/** A flow chart, see https://mermaid.js.org/syntax/flowchart.html. Names of dynamic modules may have any signs in them. */
export function mermaidGraph(modules: readonly ModuleDescription[]): string {
  const ids = new Map(modules.map(({ name }, index) => [name, `m${index}`]));
  const nodes = modules.map(({ name, global }) => `  ${ids.get(name)}${global ? `(["${name}"])` : `["${name}"]`}`);
  const edges = modules.flatMap(({ name, imports }) => imports.map((imported) => `  ${ids.get(name)} --> ${ids.get(imported)}`));
  return ['flowchart TD', ...nodes, ...edges].join('\n');
}

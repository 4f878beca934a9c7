import type { ModuleDescription } from '../../contracts/application-description.js';
import { oneOf } from '../framework/choices.js';
import { defineCommand } from '../framework/command.js';
import { describeProject, ROOT_FLAGS } from '../project/describe-project.js';

const FORMATS = { text: textGraph, mermaid: mermaidGraph };

export const command = defineCommand({
  name: 'graph',
  about: 'Show the module graph: which module imports which.',
  positionals: [],
  flags: {
    ...ROOT_FLAGS,
    format: { type: 'string', short: 'f', value: 'name', about: 'text or mermaid (default: text)' },
  },
  examples: [
    ['graph', 'Print a tree, starting at AppModule'],
    ['graph --format mermaid > modules.mmd', 'Write a diagram that GitHub renders'],
  ],
  async run(values, _args, context) {
    const print = oneOf('format', values.format ?? 'text', FORMATS);
    const { modules } = await describeProject(values, context);
    context.terminal.log(print(modules));
  },
});

/** Draws a tree. A module with several importers is expanded only the first time. */
export function textGraph(modules: readonly ModuleDescription[]): string {
  const graph = moduleGraph(modules);
  const expanded = new Set<string>();
  const expand = ({ name, imports }: GraphNode, indent: string): string[] => {
    if (expanded.has(name)) return [];
    expanded.add(name);
    return imports.flatMap((imported, index) => {
      const node = graph.get(imported)!;
      const last = index === imports.length - 1;
      const line = `${indent}${last ? '└─' : '├─'} ${label(node, expanded)}`;
      return [line, ...expand(node, `${indent}${last ? '  ' : '│ '} `)];
    });
  };
  // Modules are in dependency order, so the root comes last.
  const root = graph.get(modules.at(-1)!.name)!;
  return [root.name, ...expand(root, '')].join('\n');
}

function label({ name, global, imports }: GraphNode, expanded: ReadonlySet<string>): string {
  return `${name}${global ? ' (global)' : ''}${expanded.has(name) && imports.length > 0 ? ' (see above)' : ''}`;
}

/** Writes a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html). Global modules are rounded. */
export function mermaidGraph(modules: readonly ModuleDescription[]): string {
  const nodes = [...moduleGraph(modules).values()];
  const ids = new Map(nodes.map(({ name }, index) => [name, `m${index}`]));
  const boxes = nodes.map(({ name, global }) => `  ${ids.get(name)}${global ? `(["${name}"])` : `["${name}"]`}`);
  const arrows = nodes.flatMap(({ name, imports }) =>
    imports.map((imported) => `  ${ids.get(name)} --> ${ids.get(imported)}`),
  );
  return ['flowchart TD', ...boxes, ...arrows].join('\n');
}

/** A node of the graph. */
interface GraphNode {
  readonly name: string;
  readonly global: boolean;
  readonly imports: readonly string[];
}

/**
 * Returns the nodes by name. Modules of the same name become one node, because imports are listed by name; a `forRoot`
 * that is called twice makes such modules.
 */
function moduleGraph(modules: readonly ModuleDescription[]): ReadonlyMap<string, GraphNode> {
  const graph = new Map<string, GraphNode>();
  for (const { name, global, imports } of modules) {
    const known = graph.get(name);
    graph.set(name, {
      name,
      global: global || known?.global === true,
      imports: [...new Set([...(known?.imports ?? []), ...imports])],
    });
  }
  return graph;
}

import type { ModuleDescription } from '../../contracts/application-description.js';
import { defineCommand } from '../framework/command.js';
import { UsageError } from '../framework/errors.js';
import { describeProject, ROOT_FLAGS } from '../project/describe-project.js';

const FORMATS = { text: textGraph, mermaid: mermaidGraph };

export const command = defineCommand({
  name: 'graph',
  about: 'Shows which module imports which.',
  takes: [],
  flags: {
    ...ROOT_FLAGS,
    format: { type: 'string', short: 'f', value: 'name', about: 'text, unless given, or mermaid' },
  },
  examples: [
    ['graph', 'a tree from AppModule on'],
    ['graph --format mermaid > modules.mmd', 'a drawing, which GitHub shows in Markdown'],
  ],
  async run(values, _taken, workplace) {
    const { format = 'text' } = values;
    if (!Object.hasOwn(FORMATS, format))
      throw new UsageError(`--format takes ${Object.keys(FORMATS).join(' or ')}, not "${format}".`);
    const { modules } = await describeProject(values, workplace);
    workplace.terminal.log(FORMATS[format as keyof typeof FORMATS](modules));
  },
});

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

/** A flow chart, see https://mermaid.js.org/syntax/flowchart.html. Global modules are round. */
export function mermaidGraph(modules: readonly ModuleDescription[]): string {
  const nodes = [...moduleGraph(modules).values()];
  const ids = new Map(nodes.map(({ name }, index) => [name, `m${index}`]));
  const boxes = nodes.map(({ name, global }) => `  ${ids.get(name)}${global ? `(["${name}"])` : `["${name}"]`}`);
  const arrows = nodes.flatMap(({ name, imports }) =>
    imports.map((imported) => `  ${ids.get(name)} --> ${ids.get(imported)}`),
  );
  return ['flowchart TD', ...boxes, ...arrows].join('\n');
}

/** A module as a graph shows it. */
interface GraphNode {
  readonly name: string;
  readonly global: boolean;
  readonly imports: readonly string[];
}

/** By name. Modules of the same name, as of `forRoot` that is called twice, are one, for imports are told by name. */
function moduleGraph(modules: readonly ModuleDescription[]): ReadonlyMap<string, GraphNode> {
  const graph = new Map<string, GraphNode>();
  for (const { name, global, imports } of modules) {
    const same = graph.get(name);
    graph.set(name, {
      name,
      global: global || same?.global === true,
      imports: [...new Set([...(same?.imports ?? []), ...imports])],
    });
  }
  return graph;
}

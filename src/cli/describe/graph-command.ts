import { UsageError } from '../command-error.js';
import { defineCommand } from '../define-command.js';
import { describeProject, ROOT_FLAGS } from './describe-project.js';
import { mermaidGraph } from './mermaid-graph.js';
import { textGraph } from './text-graph.js';

const FORMATS = { text: textGraph, mermaid: mermaidGraph };

export const command = defineCommand({
  name: 'graph',
  about: 'Shows which module imports which.',
  takes: [],
  flags: { ...ROOT_FLAGS, format: { type: 'string', short: 'f', value: 'name', about: 'text, unless given, or mermaid' } },
  examples: [
    ['graph', 'a tree from AppModule on'],
    ['graph --format mermaid > modules.mmd', 'a drawing, which GitHub shows in Markdown'],
  ],
  async run(values, _taken, workplace) {
    const { format = 'text' } = values;
    if (!Object.hasOwn(FORMATS, format)) throw new UsageError(`--format takes ${Object.keys(FORMATS).join(' or ')}, not "${format}".`);
    const { modules } = await describeProject(values, workplace);
    workplace.terminal.log(FORMATS[format as keyof typeof FORMATS](modules));
  },
});

import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { isFile } from '../files/paths.js';
import { CommandError } from '../framework/command-error.js';
import { defineCommand, type Flags } from '../framework/command.js';
import { ROOT_FLAGS } from '../project/describe-project.js';
import { projectFolder } from '../project/package-json.js';
import { comments, Sections } from './marked-content.js';
import { SamTemplate } from './sam-template.js';
import { writeTemplate } from './write-template.js';

const FLAGS = {
  ...ROOT_FLAGS,
  template: {
    type: 'string',
    short: 't',
    value: 'file',
    about: 'Template file (default: template.yaml of the project)',
  },
  write: {
    type: 'boolean',
    short: 'w',
    about: 'Write them between the marks of the template. A single function without marks gets marks for its events',
  },
  check: { type: 'boolean', about: 'For CI: fail if the values between the marks are different' },
  resources: {
    type: 'boolean',
    about: 'Print the queues, topics, streams, buses, buckets and tables that the template lacks, for "Resources:"',
  },
} as const satisfies Flags;

export const command = defineCommand({
  name: 'sam',
  about:
    'Generate what follows from decorators in a SAM template: the events of consumers, and the policies and ' +
    'environment variables for what the application uses.',
  positionals: [],
  flags: FLAGS,
  examples: [
    ['sam', 'Print events, policies and variables of AppModule'],
    ['sam --write', 'Write the events between "# lambent:events" and "# lambent:end" in template.yaml'],
    ['sam --resources', 'Print queues with dead-letter queues, tables and more, to paste into the template'],
    ['sam --check', 'Print a diff and exit with 1 if the template differs'],
  ],
  async run(values, _args, context) {
    const template = readTemplate(values.template, context.cwd);
    if (values.write === true || values.check === true) return writeTemplate(template, values, context);
    const sections = new Sections(template, values, context);
    if (values.resources === true)
      return context.terminal.log((await sections.resources()).trimEnd() || 'The template lacks no resources.');
    const part = template.marked().parts.find(({ kind, module }) => kind === 'events' && module === values.module);
    const events = await sections.of({ kind: 'events', ownNames: part?.ownNames });
    const policies = await sections.of({ kind: 'policies' });
    const variables = await sections.of({ kind: 'variables' });
    const texts = [
      events.text + comments(events.missing.map((what) => `Needs ${what}`)),
      policies.isEmpty ? '' : `# Below "Policies:"\n${policies.text}`,
      variables.isEmpty ? '' : `# Below "Variables:" of "Environment:"\n${variables.text}`,
    ];
    context.terminal.log(texts.filter(Boolean).join('\n').trimEnd() || 'No consumers.');
  },
});

function readTemplate(given: string | undefined, cwd: string): SamTemplate {
  const path = given === undefined ? resolve(projectFolder(cwd), 'template.yaml') : resolve(cwd, given);
  const text = isFile(path) ? readFileSync(path, 'utf8') : '';
  if (text.trimStart().startsWith('{'))
    throw new CommandError(
      `${relative(cwd, path)} is JSON, which has no comments to mark what this command writes. Convert the template ` +
        'to YAML, or copy what follows from "lambent describe --json".',
    );
  return new SamTemplate(relative(cwd, path), text);
}

import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { isFile } from '../files/paths.js';
import { defineCommand, type Flags } from '../framework/command.js';
import { ROOT_FLAGS } from '../project/describe-project.js';
import { projectFolder } from '../project/package-json.js';
import { eventsOf, fillTemplate, sectionOf } from './fill-template.js';
import { SamTemplate } from './sam-template.js';

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
    about: 'Write the events between the marks in the template; a single function without marks gets them',
  },
  check: { type: 'boolean', about: 'Fail if the template differs, for CI' },
} as const satisfies Flags;

export const command = defineCommand({
  name: 'sam',
  about: 'Generate the events of a SAM template from the decorators of consumers, such as @OnSqs and @OnSchedule.',
  positionals: [],
  flags: FLAGS,
  examples: [
    ['sam', 'Print the events of AppModule'],
    ['sam --write', 'Write them between "# lambent:events" and "# lambent:end" in template.yaml'],
    ['sam --check', 'Print a diff and exit with 1 if they differ'],
  ],
  async run(values, _args, context) {
    const template = readTemplate(values.template, context.cwd);
    if (values.write === true || values.check === true) return fillTemplate(template, values, context);
    const part = template.marked().parts.find(({ module }) => module === values.module);
    const events = await eventsOf(template, part, values, context);
    context.terminal.log(sectionOf(events, template.missing).trimEnd() || 'No consumers.');
  },
});

function readTemplate(given: string | undefined, cwd: string): SamTemplate {
  const path = given === undefined ? resolve(projectFolder(cwd), 'template.yaml') : resolve(cwd, given);
  return new SamTemplate(relative(cwd, path), isFile(path) ? readFileSync(path, 'utf8') : '');
}

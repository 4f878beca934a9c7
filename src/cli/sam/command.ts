import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { isFile } from '../files/paths.js';
import { defineCommand } from '../framework/command.js';
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
    about: 'the template; template.yaml of the project unless given',
  },
  write: {
    type: 'boolean',
    short: 'w',
    about: 'writes them between the marks of the template, and nothing else; an only function gets the marks, too',
  },
  check: { type: 'boolean', about: 'fails where the template has others, for CI' },
} as const;

export const command = defineCommand({
  name: 'sam',
  about: 'Tells the events of a SAM template from the decorators of consumers: @OnSqs, @OnSchedule and the like.',
  takes: [],
  flags: FLAGS,
  examples: [
    ['sam', 'prints the events of AppModule'],
    ['sam --write', 'puts them between "# lambent:events" and "# lambent:end" in template.yaml'],
    ['sam --check', 'exit code 1, and a diff, where they differ'],
  ],
  async run(values, _taken, workplace) {
    const template = readTemplate(values.template, workplace.cwd);
    if (values.write === true || values.check === true) return fillTemplate(template, values, workplace);
    const part = template.marked().parts.find(({ module }) => module === values.module);
    const events = await eventsOf(template, part, values, workplace);
    workplace.terminal.log(sectionOf(events, template.lacking).trimEnd() || 'There are no consumers.');
  },
});

function readTemplate(given: string | undefined, cwd: string): SamTemplate {
  const path = given === undefined ? resolve(projectFolder(cwd), 'template.yaml') : resolve(cwd, given);
  return new SamTemplate(relative(cwd, path), isFile(path) ? readFileSync(path, 'utf8') : '');
}

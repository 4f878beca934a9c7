import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { demandsOf } from '../../deployment/demand.js';
import { Changes } from '../changes.js';
import type { Workplace } from '../command.js';
import { CommandError } from '../command-error.js';
import { defineCommand, type FlagValues } from '../define-command.js';
import { describeProject, ROOT_FLAGS } from '../describe/describe-project.js';
import { projectFolder } from '../package-manifest.js';
import { unifiedDiff } from '../unified-diff.js';
import { type SamEvents, samEvents } from './sam-events.js';
import { SamTemplate } from './sam-template.js';
import { yaml } from './yaml.js';

const FLAGS = {
  ...ROOT_FLAGS,
  template: { type: 'string', short: 't', value: 'file', about: 'the template; template.yaml of the project unless given' },
  write: { type: 'boolean', short: 'w', about: 'writes them between the marks of the template, and nothing else' },
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
    if (values.write === true || values.check === true) return fill(template, values, workplace);
    const events = await eventsOf(template, values, workplace);
    workplace.terminal.log(sectionOf(events, template.lacking).trimEnd() || 'There are no consumers.');
  },
});

function readTemplate(given: string | undefined, cwd: string): SamTemplate {
  const path = given === undefined ? resolve(projectFolder(cwd), 'template.yaml') : resolve(cwd, given);
  return new SamTemplate(relative(cwd, path), existsSync(path) ? readFileSync(path, 'utf8') : '');
}

async function eventsOf(template: SamTemplate, values: FlagValues<typeof FLAGS>, workplace: Workplace): Promise<SamEvents> {
  const { consumers } = await describeProject(values, workplace);
  return samEvents(demandsOf(consumers), template);
}

/** The members of `Events`, and what is to be said of them. */
function sectionOf({ events, notes }: SamEvents, lacking: readonly string[] = []): string {
  const members = Object.fromEntries(events.map(({ name, type, properties }) => [name, { Type: type, Properties: properties }]));
  return yaml(members) + [...notes, ...lacking.map((what) => `Needs ${what}`)].map((note) => `# ${note}\n`).join('');
}

async function fill(template: SamTemplate, values: FlagValues<typeof FLAGS>, workplace: Workplace): Promise<void> {
  refuseUnmarked(template);
  const texts: string[] = [];
  for (const module of template.modules) {
    const root = module === undefined ? {} : { module: resolve(projectFolder(workplace.cwd), module) };
    texts.push(sectionOf(await eventsOf(template, { ...values, ...root }, workplace)));
  }
  template.refuseLacking();
  const { path, text } = template;
  const filled = template.filled(texts);
  if (values.check === true && filled !== text) throw new CommandError(`${unifiedDiff(path, text, filled)}\n${path} is not what the decorators say: call "lambent sam --write".`);
  const changes = new Changes(projectFolder(workplace.cwd));
  changes.edit(resolve(workplace.cwd, path), () => filled);
  const [done = `UNCHANGED ${path}`] = await changes.write();
  workplace.terminal.log(done);
}

function refuseUnmarked({ path, text, modules }: SamTemplate): void {
  if (text === '') throw new CommandError(`There is no ${path}: say by --template where it is.`);
  if (modules.length > 0) return;
  throw new CommandError(
    `${path} does not say where events may be written. Put these two lines below "Events:" of the function, which it may lack so far:\n        # lambent:events\n        # lambent:end`,
  );
}

import { resolve } from 'node:path';
import { cacheAdvice } from '../../deployment/authorizer-cache.js';
import { subscriptionsOf } from '../../deployment/subscription.js';
import { Changes } from '../files/changes.js';
import { unifiedDiff } from '../files/unified-diff.js';
import type { Workplace } from '../framework/command.js';
import { CommandError } from '../framework/errors.js';
import { describeProject, type RootValues } from '../project/describe-project.js';
import { projectFolder } from '../project/package-json.js';
import { type SamEvents, samEvents } from './sam-events.js';
import type { MarkedPart, SamTemplate } from './sam-template.js';
import { toYaml } from './yaml.js';

interface FillValues extends RootValues {
  readonly check?: boolean;
}

/**
 * Writes the events of consumers between the marks of a template, or only compares. A template without marks gets them
 * with its first event.
 *
 * @throws CommandError when there is no place for events, the template lacks what they need, or it is another with
 *   `check`.
 */
export async function fillTemplate(given: SamTemplate, values: FillValues, workplace: Workplace): Promise<void> {
  const marked = given.marked();
  refuseUnmarked(marked);
  const sections = await sectionsOf(marked, values, workplace);
  marked.refuseLacking();
  const isMarked = marked === given || sections.some(({ events }) => events.length > 0);
  const filled = isMarked ? marked.filled(sections.map((section) => sectionOf(section))) : given.text;
  refuseOther(given, filled, values);
  workplace.terminal.log(await written(given.path, filled, workplace.cwd));
  const remarks = isMarked ? remarksOn(given, sections) : sections.flatMap(({ notes }) => notes);
  remarks.forEach((remark) => workplace.terminal.log(remark));
}

async function sectionsOf(template: SamTemplate, values: FillValues, workplace: Workplace): Promise<SamEvents[]> {
  const sections: SamEvents[] = [];
  for (const part of template.parts) {
    const root = part.module === undefined ? {} : { module: resolve(projectFolder(workplace.cwd), part.module) };
    sections.push(await eventsOf(template, part, { ...values, ...root }, workplace));
  }
  return sections;
}

function refuseOther({ path, text }: SamTemplate, filled: string, { check }: FillValues): void {
  if (check !== true || filled === text) return;
  throw new CommandError(
    `${unifiedDiff(path, text, filled)}\n${path} is not what the decorators say: call "lambent sam --write".`,
  );
}

async function written(path: string, text: string, cwd: string): Promise<string> {
  const changes = new Changes(projectFolder(cwd));
  changes.edit(resolve(cwd, path), () => text);
  const [done = `UNCHANGED ${path}`] = await changes.write();
  return done;
}

function remarksOn({ path, parts }: SamTemplate, sections: readonly SamEvents[]): string[] {
  if (parts.length === 0) return [`${path} had no marks; its function has them now, below "Events:".`];
  const isEmpty = parts.some(({ ownEvents }, index) => ownEvents.size === 0 && sections[index]!.events.length === 0);
  return isEmpty ? [`There is nothing left below an "Events:" of ${path}: remove it, and its two marks.`] : [];
}

function refuseUnmarked({ path, text, parts }: SamTemplate): void {
  if (text === '') throw new CommandError(`There is no ${path}: say by --template where it is.`);
  if (parts.length > 0) return;
  throw new CommandError(
    `${path} does not say where events may be written. Put these two lines below "Events:" of the function, which it may lack so far:\n        # lambent:events\n        # lambent:end`,
  );
}

/** What the consumers of an application need of a template, as one part of it has to have it. */
export async function eventsOf(
  template: SamTemplate,
  part: MarkedPart | undefined,
  root: RootValues,
  workplace: Workplace,
): Promise<SamEvents> {
  const { consumers, requestsVia } = await describeProject(root, workplace);
  const { events, notes } = samEvents(subscriptionsOf(consumers, requestsVia), template, part?.ownEvents ?? new Set());
  const advice = cacheAdvice(consumers, 'ReauthorizeEvery: 0 of the authorizer');
  return { events, notes: advice ? [...notes, advice.text] : notes };
}

/** The members of `Events`, and what is to be said of them. */
export function sectionOf({ events, notes }: SamEvents, lacking: readonly string[] = []): string {
  const members = Object.fromEntries(
    events.map(({ name, type, properties }) => [name, { Type: type, Properties: properties }]),
  );
  return toYaml(members) + [...notes, ...lacking.map((what) => `Needs ${what}`)].map((note) => `# ${note}\n`).join('');
}

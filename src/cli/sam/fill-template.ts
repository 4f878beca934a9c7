import { resolve } from 'node:path';
import { cacheAdvice } from '../../deployment/authorizer-cache.js';
import { subscriptionsOf } from '../../deployment/subscription.js';
import { Changes } from '../files/changes.js';
import { unifiedDiff } from '../files/unified-diff.js';
import type { CommandContext } from '../framework/command.js';
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
 * Writes the consumers' events between the marks of a template, or with `check` only compares. A template without marks
 * gets them with its first event.
 *
 * @throws CommandError if the template has no place for events or lacks what they need, or with `check` if it differs.
 */
export async function fillTemplate(given: SamTemplate, values: FillValues, context: CommandContext): Promise<void> {
  const marked = given.marked();
  refuseUnmarked(marked);
  const sections = await sectionsOf(marked, values, context);
  marked.refuseMissing();
  const isMarked = marked === given || sections.some(({ events }) => events.length > 0);
  const filled = isMarked ? marked.filled(sections.map((section) => sectionOf(section))) : given.text;
  if (values.check === true && filled !== given.text)
    throw new CommandError(
      `${unifiedDiff(given.path, given.text, filled)}\n` +
        `${given.path} does not match the decorators. Run "lambent sam --write".`,
    );
  const { terminal, cwd } = context;
  terminal.log(await write(given.path, filled, cwd));
  const notes = isMarked ? notesOn(given, sections) : sections.flatMap((section) => section.notes);
  notes.forEach((note) => terminal.log(note));
}

function refuseUnmarked({ path, text, parts }: SamTemplate): void {
  if (text === '') throw new CommandError(`${path} does not exist. Pass the template with --template.`);
  if (parts.length > 0) return;
  throw new CommandError(
    `${path} has no marks for events. Add these two lines below "Events:" of the function, and "Events:" if it is ` +
      'missing:\n        # lambent:events\n        # lambent:end',
  );
}

async function sectionsOf(template: SamTemplate, values: FillValues, context: CommandContext): Promise<SamEvents[]> {
  const sections: SamEvents[] = [];
  for (const part of template.parts) {
    const root = part.module === undefined ? {} : { module: resolve(projectFolder(context.cwd), part.module) };
    sections.push(await eventsOf(template, part, { ...values, ...root }, context));
  }
  return sections;
}

/** Returns the events that an application's consumers need in a part of the template. */
export async function eventsOf(
  template: SamTemplate,
  part: MarkedPart | undefined,
  root: RootValues,
  context: CommandContext,
): Promise<SamEvents> {
  const { consumers, requestsVia } = await describeProject(root, context);
  const { events, notes } = samEvents(subscriptionsOf(consumers, requestsVia), template, part?.ownEvents ?? new Set());
  const advice = cacheAdvice(consumers, 'ReauthorizeEvery: 0 of the authorizer');
  return { events, notes: advice ? [...notes, advice.text] : notes };
}

/** Formats the members of `Events`, and notes as comments. */
export function sectionOf({ events, notes }: SamEvents, missing: readonly string[] = []): string {
  const members = Object.fromEntries(
    events.map(({ name, type, properties }) => [name, { Type: type, Properties: properties }]),
  );
  return toYaml(members) + [...notes, ...missing.map((what) => `Needs ${what}`)].map((note) => `# ${note}\n`).join('');
}

async function write(path: string, text: string, cwd: string): Promise<string> {
  const changes = new Changes(projectFolder(cwd));
  changes.edit(resolve(cwd, path), () => text);
  const [done = `UNCHANGED ${path}`] = await changes.write();
  return done;
}

function notesOn({ path, parts }: SamTemplate, sections: readonly SamEvents[]): string[] {
  if (parts.length === 0) return [`Added marks below "Events:" of the function in ${path}.`];
  const isEmpty = parts.some(({ ownEvents }, index) => ownEvents.size === 0 && sections[index]!.events.length === 0);
  return isEmpty ? [`An "Events:" in ${path} is now empty. Remove it and its two marks.`] : [];
}

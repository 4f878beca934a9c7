import { resolve } from 'node:path';
import { putFile } from '../files/changes.js';
import { unifiedDiff } from '../files/unified-diff.js';
import { CommandError } from '../framework/command-error.js';
import type { CommandContext } from '../framework/command.js';
import type { RootValues } from '../project/describe-project.js';
import { projectFolder } from '../project/package-json.js';
import { type Section, Sections } from './marked-content.js';
import type { SamTemplate } from './sam-template.js';

interface FillValues extends RootValues {
  readonly check?: boolean;
}

/**
 * Writes what follows from decorators between the marks of a template, or with `check` only compares. A template
 * without marks gets them for its first event.
 *
 * @throws CommandError if the template has no place for events or lacks what they need, or with `check` if it differs
 *   or has no marks for what the application needs.
 */
export async function writeTemplate(given: SamTemplate, values: FillValues, context: CommandContext): Promise<void> {
  const marked = given.marked();
  refuseUnmarked(marked);
  const sections = new Sections(marked, values, context);
  const written: Section[] = [];
  for (const part of marked.parts) written.push(await sections.of(part));
  refuseMissing(given, written);
  // Without events, marks for them would stand below an empty "Events:".
  const isAdded = marked !== given && eventsIn(marked, written).some(({ isEmpty }) => !isEmpty);
  const template = isAdded ? marked : given;
  const omitted = template === marked ? [] : eventsIn(marked, written);
  const kept = written.filter((section) => !omitted.includes(section));
  const texts = kept.map(({ text }) => text);
  // A check compares values: a formatter may have other settings than those that are written for.
  const filled = template[values.check === true ? 'changed' : 'filled'](texts);
  if (values.check === true && filled !== given.text)
    throw new CommandError(
      `${unifiedDiff(given.path, given.text, filled)}\n` +
        `${given.path} does not match the decorators. Run "lambent sam --write".`,
    );
  const unmarked = await sections.withoutMarks();
  if (values.check === true && unmarked.missing.length > 0) throw new CommandError(unmarked.missing.join('\n'));
  const { terminal, cwd } = context;
  terminal.log(await putFile(projectFolder(cwd), resolve(cwd, given.path), filled));
  const notes = isAdded
    ? [`Added marks below "Events:" of the function in ${given.path}.`]
    : [...omitted.flatMap((section) => section.notes), ...notesOn(template, kept)];
  [...notes, ...unmarked.missing, ...unmarked.notes].forEach((note) => terminal.log(note));
}

/** The sections of a template that are for events. */
function eventsIn({ parts }: SamTemplate, sections: readonly Section[]): readonly Section[] {
  return sections.filter((_, index) => parts[index]!.kind === 'events');
}

function refuseUnmarked({ path, text, parts }: SamTemplate): void {
  if (text === '') throw new CommandError(`${path} does not exist. Pass the template with --template.`);
  if (parts.length > 0) return;
  throw new CommandError(
    `${path} has no marks for events. Add these two lines below "Events:" of the function, and "Events:" if it is ` +
      'missing:\n        # lambent:events\n        # lambent:end',
  );
}

function refuseMissing({ path }: SamTemplate, sections: readonly Section[]): void {
  const missing = sections.flatMap((section) => section.missing);
  if (missing.length === 0) return;
  const list = missing.map((line) => `  ${line}`).join('\n');
  throw new CommandError(
    `The events need resources or parameters that ${path} does not have. Add them and run this again:\n${list}`,
  );
}

/** A heading with nothing below it is `null` in YAML, which SAM refuses. */
const HEADINGS = { events: 'An "Events:"', policies: 'A "Policies:"', variables: 'A "Variables:"' };

function notesOn({ path, parts }: SamTemplate, sections: readonly Section[]): string[] {
  const empty = parts.filter(({ hasOwn }, index) => !hasOwn && sections[index]!.isEmpty);
  return [...new Set(empty.map(({ kind }) => HEADINGS[kind]))].map(
    (heading) => `${heading} in ${path} is now empty. Remove it and its two marks.`,
  );
}

import { existsSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import { withParents } from '../files/paths.js';
import { DEPLOYMENTS } from '../files/templates/project/deployment/deployment-list.js';
import { PACKAGE_MANAGERS } from '../files/templates/project/package-managers.js';
import { FRONT_DOORS, type ProjectSettings } from '../files/templates/project/project-settings.js';
import { TEST_RUNNERS } from '../files/templates/project/test-runners.js';
import { choiceOf } from '../framework/choices.js';
import type { CommandContext } from '../framework/command.js';
import type { Choices, Prompts } from '../framework/prompts.js';
import { newFolder } from './new-folder.js';

/** The choices for a new project, from flags and answers. */
export interface NewProject extends Omit<ProjectSettings, 'lambent' | 'versions'> {
  /** Relative to the current folder; `.` for that folder itself. */
  readonly folder: string;
  readonly install: boolean;
  /** The npm spec of lambent, relative to the project's folder. */
  readonly lambent: string | undefined;
}

interface NewValues {
  readonly api?: string;
  readonly 'test-runner'?: string;
  readonly deploy?: string;
  readonly 'package-manager'?: string;
  readonly yes?: boolean;
  readonly 'no-install'?: boolean;
  readonly lambent?: string;
}

/**
 * Combines flags with answers to questions about what they leave out.
 *
 * @throws UsageError if the name is missing or invalid, or a flag has a value that does not exist.
 * @throws CommandError if the folder is not empty.
 */
export async function newProject(
  name: string | undefined,
  values: NewValues,
  context: CommandContext,
): Promise<NewProject> {
  const { cwd } = context;
  const prompts = values.yes === true ? undefined : context.prompts;
  // All flags are checked before the first question.
  const ask = {
    frontDoor: choice('--api', values.api, FRONT_DOORS),
    testRunner: choice('--test-runner', values['test-runner'], TEST_RUNNERS),
    deployment: choice('--deploy', values.deploy, DEPLOYMENTS),
    packageManager: choice('--package-manager', values['package-manager'], PACKAGE_MANAGERS),
  };
  const folder = await newFolder(name, cwd, prompts);
  return {
    folder,
    name: basename(resolve(cwd, folder)),
    frontDoor: await ask.frontDoor('API in front of the function', prompts),
    testRunner: await ask.testRunner('Test runner', prompts),
    deployment: await ask.deployment('Deployment', prompts),
    packageManager: await ask.packageManager('Package manager', prompts),
    inRepository: isInRepository(resolve(cwd, folder)),
    install: values['no-install'] !== true,
    lambent: values.lambent && specFrom(values.lambent, cwd, folder),
  };
}

/** Whether a folder is below that of the Git repository that it belongs to. */
function isInRepository(folder: string): boolean {
  const repository = withParents(folder).find((parent) => existsSync(join(parent, '.git')));
  return repository !== undefined && repository !== folder;
}

type Ask<T> = (question: string, prompts: Prompts | undefined) => Promise<T>;

/** A choice that a flag makes, or else the user, or else the first one. */
function choice<T extends Readonly<Record<string, { readonly about: string }>>>(
  flag: string,
  value: string | undefined,
  all: T,
): Ask<keyof T & string> {
  type Name = keyof T & string;
  const given = value === undefined ? undefined : (choiceOf(flag, value, all) as Name);
  const about = Object.fromEntries(Object.entries(all).map(([name, one]) => [name, one.about])) as Choices<Name>;
  return async (question, prompts) => given ?? prompts?.choose(question, about) ?? (Object.keys(all)[0] as Name);
}

/** Makes a path relative to the project's folder, as npm resolves it. */
function specFrom(spec: string, cwd: string, folder: string): string {
  const path = spec.replace(/^file:/, '');
  const isPath = path !== spec || /^\.{1,2}(?:[\\/]|$)/.test(path) || isAbsolute(path) || path.endsWith('.tgz');
  if (!isPath) return spec;
  return `file:${isAbsolute(path) ? path : relative(join(cwd, folder), join(cwd, path)).replaceAll('\\', '/')}`;
}

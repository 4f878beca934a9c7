import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { DEPLOYMENTS } from '../files/templates/project/deployment/deployment-list.js';
import { PACKAGE_MANAGERS } from '../files/templates/project/package-managers.js';
import { FRONT_DOORS, type ProjectSettings } from '../files/templates/project/project-settings.js';
import { TEST_RUNNERS } from '../files/templates/project/test-runners.js';
import { choiceOf } from '../framework/choices.js';
import { CommandError, UsageError } from '../framework/command-error.js';
import type { CommandContext } from '../framework/command.js';
import type { Choices, Prompts } from '../framework/prompts.js';

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
  const folder = await folderFor(name, cwd, prompts);
  return {
    folder,
    name: basename(resolve(cwd, folder)),
    frontDoor: await ask.frontDoor('API in front of the function', prompts),
    testRunner: await ask.testRunner('Test runner', prompts),
    deployment: await ask.deployment('Deployment', prompts),
    packageManager: await ask.packageManager('Package manager', prompts),
    install: values['no-install'] !== true,
    lambent: values.lambent && specFrom(values.lambent, cwd, folder),
  };
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

const DEFAULT_NAME = 'my-api';

async function folderFor(name: string | undefined, cwd: string, prompts: Prompts | undefined): Promise<string> {
  const read = (text: string): string => {
    const folder = folderOf(text, cwd);
    refuseUsedFolder(join(cwd, folder), folder);
    return folder;
  };
  if (name !== undefined || !prompts) return read(name ?? '');
  return prompts.text(`Project name [${DEFAULT_NAME}]`, (answer) => read(answer || DEFAULT_NAME));
}

/** Checks that the folder is the current one or below it, and that npm accepts its name. */
function folderOf(text: string, cwd: string): string {
  const given = text.trim();
  if (given === '')
    throw new UsageError(
      'Missing project name. Run "lambent new my-api", or "lambent new ." to use the current folder.',
    );
  const folder = relative(cwd, resolve(cwd, given)) || '.';
  if (isAbsolute(folder) || folder.split(sep)[0] === '..')
    throw new UsageError(`"${given}" is outside the current folder. Run this command where the project should be.`);
  checkName(basename(resolve(cwd, folder)));
  return folder;
}

function checkName(name: string): void {
  if (/^[a-z0-9][a-z0-9._-]*$/.test(name) && name.length <= 214 && name !== 'node_modules') return;
  throw new UsageError(`Invalid project name "${name}". Use lowercase letters, digits and hyphens, as in my-api.`);
}

/** Makes a path relative to the project's folder, as npm resolves it. */
function specFrom(spec: string, cwd: string, folder: string): string {
  const path = spec.replace(/^file:/, '');
  const isPath = path !== spec || /^\.{1,2}(?:[\\/]|$)/.test(path) || isAbsolute(path) || path.endsWith('.tgz');
  if (!isPath) return spec;
  return `file:${isAbsolute(path) ? path : relative(join(cwd, folder), join(cwd, path)).replaceAll('\\', '/')}`;
}

/** What the folder of a new project may already contain. */
const ALLOWED = new Set(['.git', '.idea', '.vscode', 'LICENSE']);

/** @throws CommandError if the folder is a file, or contains more than a repository and a licence. */
function refuseUsedFolder(folder: string, name: string): void {
  const found = existsSync(folder) ? entriesOf(folder).filter((entry) => !ALLOWED.has(entry)) : [];
  if (found.length === 0) return;
  const place = name === '.' ? 'The current folder' : name;
  throw new CommandError(
    `${place} is not empty (${found.slice(0, 3).join(', ')}). Choose another name, or remove what is there.`,
  );
}

function entriesOf(path: string): string[] {
  return statSync(path).isDirectory() ? readdirSync(path) : ['a file'];
}

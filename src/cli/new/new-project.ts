import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { suggestion } from '../../shared/near-names.js';
import { FRONT_DOORS, type FrontDoor } from '../files/templates/project/project-settings.js';
import type { CommandContext } from '../framework/command.js';
import { UsageError } from '../framework/errors.js';

/** The choices for a new project, from flags and answers. */
export interface NewProject {
  /** Relative to the current folder; `.` for that folder itself. */
  readonly folder: string;
  /** The last segment of the folder's path. */
  readonly name: string;
  readonly frontDoor: FrontDoor;
  readonly install: boolean;
  /** The npm spec of lambent, relative to the project's folder. */
  readonly lambent: string | undefined;
}

interface NewValues {
  readonly api?: string;
  readonly yes?: boolean;
  readonly 'no-install'?: boolean;
  readonly lambent?: string;
}

/**
 * Combines flags with answers to questions about what they leave out.
 *
 * @throws UsageError if the name is missing or invalid, or there is no such API.
 */
export async function newProject(
  name: string | undefined,
  values: NewValues,
  { ask, cwd }: CommandContext,
): Promise<NewProject> {
  const question = values.yes === true ? undefined : ask;
  const folder = folderOf(name ?? (await question?.('Project name: ')), cwd);
  const frontDoor = frontDoorOf(
    values.api ?? (await question?.(`API (${Object.keys(FRONT_DOORS).join(', ')}) [http-api]: `)),
  );
  const install =
    values['no-install'] !== true && !/^n/i.test((await question?.('Install packages with npm? [Y/n]: ')) ?? '');
  return {
    folder,
    name: basename(resolve(cwd, folder)),
    frontDoor,
    install,
    lambent: values.lambent && specFrom(values.lambent, cwd, folder),
  };
}

/** Checks that the folder is the current one or below it, and that npm accepts its name. */
function folderOf(text: string | undefined, cwd: string): string {
  const given = text?.trim() ?? '';
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

function frontDoorOf(text = ''): FrontDoor {
  const name = text.trim() || 'http-api';
  if (Object.hasOwn(FRONT_DOORS, name)) return name as FrontDoor;
  const names = Object.keys(FRONT_DOORS);
  throw new UsageError(`--api must be one of ${names.join(', ')}, not "${name}".${suggestion(name, names)}`);
}

/** Makes a path relative to the project's folder, as npm resolves it. */
function specFrom(spec: string, cwd: string, folder: string): string {
  const path = spec.replace(/^file:/, '');
  const isPath = path !== spec || /^\.{1,2}(?:[\\/]|$)/.test(path) || isAbsolute(path) || path.endsWith('.tgz');
  if (!isPath) return spec;
  return `file:${isAbsolute(path) ? path : relative(join(cwd, folder), join(cwd, path)).replaceAll('\\', '/')}`;
}

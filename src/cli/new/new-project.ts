import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { suggestion } from '../../shared/near-names.js';
import { FRONT_DOORS, type FrontDoor } from '../files/templates/project/project-settings.js';
import type { Workplace } from '../framework/command.js';
import { UsageError } from '../framework/errors.js';

/** What flags and answers say of a project. */
export interface NewProject {
  /** From the folder that the command was called in, which may be it itself. */
  readonly folder: string;
  /** The last part of that. */
  readonly name: string;
  readonly frontDoor: FrontDoor;
  readonly install: boolean;
  /** As npm takes it in the project's folder. */
  readonly lambent: string | undefined;
}

interface Values {
  readonly api?: string;
  readonly yes?: boolean;
  readonly 'no-install'?: boolean;
  readonly lambent?: string;
}

/** @throws UsageError when there is no name, or something that can't be one. */
export async function newProject(
  given: string | undefined,
  values: Values,
  { ask, cwd }: Workplace,
): Promise<NewProject> {
  const question = values.yes === true ? undefined : ask;
  const folder = folderOf(given ?? (await question?.('What is it called? ')), cwd);
  const frontDoor = frontDoorOf(
    values.api ?? (await question?.(`What is in front of it? ${Object.keys(FRONT_DOORS).join(', ')} (http-api) `)),
  );
  const install =
    values['no-install'] !== true && !/^n/i.test((await question?.('Install packages with npm now? (Y/n) ')) ?? '');
  return {
    folder,
    name: basename(resolve(cwd, folder)),
    frontDoor,
    install,
    lambent: values.lambent && specFrom(values.lambent, cwd, folder),
  };
}

/** A folder of this one, or this one, whose name npm takes for a package's. */
function folderOf(text: string | undefined, cwd: string): string {
  const given = text?.trim() ?? '';
  if (given === '')
    throw new UsageError(
      'What is the project called? Say "lambent new my-api", for instance, or "lambent new ." for this folder.',
    );
  const folder = relative(cwd, resolve(cwd, given)) || '.';
  if (isAbsolute(folder) || folder.split(sep)[0] === '..')
    throw new UsageError(`"${given}" is outside of this folder: call this where the project is to be.`);
  checkName(basename(resolve(cwd, folder)));
  return folder;
}

function checkName(name: string): void {
  if (/^[a-z0-9][a-z0-9._-]*$/.test(name) && name.length <= 214 && name !== 'node_modules') return;
  throw new UsageError(
    `"${name}" can't be a project's name: it takes small letters, digits, and hyphens between them, as in my-api.`,
  );
}

function frontDoorOf(text = ''): FrontDoor {
  const name = text.trim() || 'http-api';
  if (Object.hasOwn(FRONT_DOORS, name)) return name as FrontDoor;
  const names = Object.keys(FRONT_DOORS);
  throw new UsageError(`--api takes ${names.join(', ')}, not "${name}".${suggestion(name, names)}`);
}

/** A path is told from the project's folder. */
function specFrom(spec: string, cwd: string, folder: string): string {
  const path = spec.replace(/^file:/, '');
  const isPath = path !== spec || /^\.{1,2}(?:[\\/]|$)/.test(path) || isAbsolute(path) || path.endsWith('.tgz');
  if (!isPath) return spec;
  return `file:${isAbsolute(path) ? path : relative(join(cwd, folder), join(cwd, path)).replaceAll('\\', '/')}`;
}

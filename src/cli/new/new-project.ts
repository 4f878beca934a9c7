import { isAbsolute, join, relative } from 'node:path';
import { suggestion } from '../../modules/near-names.js';
import type { Workplace } from '../command.js';
import { UsageError } from '../command-error.js';
import { FRONT_DOORS, type FrontDoor } from '../templates/project/project-settings.js';

/** What flags and answers say of a project. */
export interface NewProject {
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
export async function newProject(given: string | undefined, values: Values, { ask, cwd }: Workplace): Promise<NewProject> {
  const question = values.yes === true ? undefined : ask;
  const name = nameOf(given ?? (await question?.('What is it called? ')));
  const frontDoor = frontDoorOf(values.api ?? (await question?.(`What is in front of it? ${Object.keys(FRONT_DOORS).join(', ')} (http-api) `)));
  const install = values['no-install'] !== true && !/^n/i.test((await question?.('Install packages with npm now? (Y/n) ')) ?? '');
  return { name, frontDoor, install, lambent: values.lambent && specFrom(values.lambent, cwd, name) };
}

/** A folder's name that npm takes for a package's. */
function nameOf(text: string | undefined): string {
  const name = text?.trim() ?? '';
  if (name === '') throw new UsageError('What is the project called? Say "lambent new my-api", for instance.');
  if (/^[a-z0-9][a-z0-9._-]*$/.test(name) && name.length <= 214 && name !== 'node_modules') return name;
  throw new UsageError(`"${name}" can't be a project's name: it takes small letters, digits, and hyphens between them, as in my-api.`);
}

function frontDoorOf(text = ''): FrontDoor {
  const name = text.trim() || 'http-api';
  if (Object.hasOwn(FRONT_DOORS, name)) return name as FrontDoor;
  const names = Object.keys(FRONT_DOORS);
  throw new UsageError(`--api takes ${names.join(', ')}, not "${name}".${suggestion(name, names)}`);
}

/** A path is told from the project's folder. */
function specFrom(spec: string, cwd: string, name: string): string {
  const path = spec.replace(/^file:/, '');
  const isPath = path !== spec || /^\.{1,2}(?:[\\/]|$)/.test(path) || isAbsolute(path) || path.endsWith('.tgz');
  if (!isPath) return spec;
  return `file:${isAbsolute(path) ? path : relative(join(cwd, name), join(cwd, path)).replaceAll('\\', '/')}`;
}

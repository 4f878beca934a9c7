import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { portOf, readServeFlags, type ServeFlagValues } from '../../local/parse-arguments.js';
import { type ServeOptions, sourceOf } from '../../local/serve.js';
import type { Workplace } from '../framework/command.js';
import { CommandError, UsageError } from '../framework/errors.js';
import { projectFolder } from '../project/package-json.js';

interface DevValues extends ServeFlagValues {
  readonly function?: string;
  readonly 'env-file'?: string;
  readonly queues?: string;
  readonly inspect?: string;
  readonly json?: boolean;
}

/** What the command is to do. */
export interface DevSettings {
  /** The project's folder. */
  readonly root: string;
  /** The program of a function's process. */
  readonly runtime: string;
  readonly serve: ServeOptions & {
    readonly port: number;
    readonly host: string;
    readonly source: NonNullable<ServeOptions['source']>;
  };
  readonly envFile: EnvFile;
  /** The variables that are set, whatever that file says. */
  readonly variables: NodeJS.ProcessEnv;
  /** The function that HTTP requests go to; the first with routes unless given. */
  readonly front: string | undefined;
  readonly queues: readonly string[];
  /** The port at which a debugger finds the first function; the others have the next ones. */
  readonly inspect: number | undefined;
  /** Shows the log as it is written. */
  readonly raw: boolean;
}

/** @throws CommandError for a flag with a wrong value, and for a file of variables that is not there. */
export function devSettings(values: DevValues, { cwd, program }: Workplace): DevSettings {
  const root = projectFolder(cwd);
  const file = envFile(values['env-file'], { cwd, root });
  return {
    root,
    runtime: join(dirname(program), 'dev', 'runtime', 'main.js'),
    ...readFlags(values),
    envFile: file,
    variables: setVariables(file, process.env),
    front: values.function,
    queues: (values.queues ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    raw: values.json === true,
  };
}

function readFlags(values: DevValues): Pick<DevSettings, 'serve' | 'inspect'> {
  try {
    const options = readServeFlags(values);
    return {
      serve: { port: 3000, host: 'localhost', ...options, source: sourceOf(options) },
      inspect: values.inspect === undefined ? undefined : portOf('inspect', values.inspect),
    };
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error;
    throw new UsageError(`${error.message}\nRun "lambent dev --help".`, { cause: error });
  }
}

/** Where variables of the environment are written down. */
interface EnvFile {
  readonly path: string;
  /** Whether somebody named it, and so it has to be there. */
  readonly named: boolean;
}

/** @param named what `--env-file` says. */
function envFile(named: string | undefined, { cwd, root }: { readonly cwd: string; readonly root: string }): EnvFile {
  return named === undefined
    ? { path: resolve(root, '.env'), named: false }
    : { path: resolve(cwd, named), named: true };
}

/**
 * The variables that are set, without those that Node 20 has taken from the file by itself: it reads `--env-file`
 * wherever that stands, and what the file says later would be hidden by what it said then.
 */
function setVariables(file: EnvFile, set: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (!file.named) return { ...set };
  const taken = readEnvironment(file, {});
  return Object.fromEntries(Object.entries(set).filter(([name, value]) => value !== taken[name]));
}

/**
 * The variables of a file, under those that are set already.
 *
 * @throws CommandError when it can't be read, unless it is one that may be absent.
 */
export function readEnvironment(file: EnvFile, set: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...parseEnv(textOf(file)), ...set };
}

function textOf({ path, named }: EnvFile): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (!named && (error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new CommandError(`The variables of the environment can't be read: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

import { dirname, join } from 'node:path';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { portOf, readServeFlags, type ServeFlagValues } from '../../local/parse-arguments.js';
import { type ServeOptions, sourceOf } from '../../local/serve-options.js';
import type { Workplace } from '../command.js';
import { UsageError } from '../command-error.js';
import { projectFolder } from '../package-manifest.js';
import { type EnvFile, envFile, setVariables } from './environment.js';

export interface DevValues extends ServeFlagValues {
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
  readonly serve: ServeOptions & { readonly port: number; readonly host: string; readonly source: NonNullable<ServeOptions['source']> };
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
    queues: (values.queues ?? '').split(',').map((name) => name.trim()).filter((name) => name !== ''),
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

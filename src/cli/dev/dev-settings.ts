import { dirname, join, resolve } from 'node:path';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { portOf, readServeFlags, type ServeFlagValues } from '../../local/parse-arguments.js';
import { completeOptions, type CompleteServeOptions } from '../../local/serve.js';
import { commaSeparated } from '../../shared/comma-separated.js';
import { UsageError } from '../framework/command-error.js';
import type { CommandContext } from '../framework/command.js';
import { projectFolder } from '../project/package-json.js';
import { type EnvFile, variablesBesides } from './env-file.js';

/** The settings of `lambent dev`. */
export interface DevSettings {
  /** The project's folder. */
  readonly root: string;
  /** The path of the program that runs a function in its own process. */
  readonly runtime: string;
  readonly serve: CompleteServeOptions;
  readonly envFile: EnvFile;
  /** Environment variables that take precedence over that file. */
  readonly variables: NodeJS.ProcessEnv;
  /** The function that gets HTTP requests; by default the first with routes. */
  readonly front: string | undefined;
  readonly queues: readonly string[];
  /** The debugger port of the first function; the others get the next ones. */
  readonly inspect: number | undefined;
  /** Whether to print log lines unformatted. */
  readonly raw: boolean;
  /** Whether to show all fields of log lines. */
  readonly verbose: boolean;
}

interface DevValues extends ServeFlagValues {
  readonly function?: string;
  readonly 'env-file'?: string;
  readonly queues?: string;
  readonly inspect?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** @throws CommandError for an invalid value of a flag, or a file of variables that cannot be read. */
export function devSettings(values: DevValues, { cwd, program }: CommandContext): DevSettings {
  const root = projectFolder(cwd);
  const named = values['env-file'];
  const envFile = {
    path: named === undefined ? resolve(root, '.env') : resolve(cwd, named),
    required: named !== undefined,
  };
  return {
    root,
    runtime: join(dirname(program), 'dev', 'runtime', 'main.js'),
    ...readFlags(values),
    envFile,
    variables: variablesBesides(envFile, process.env),
    front: values.function,
    queues: commaSeparated(values.queues ?? ''),
    raw: values.json === true,
    verbose: values.verbose === true,
  };
}

/** The binary media types of a REST API, as new projects and `LambentApi` set them. */
const EVERY_TYPE = ['*/*'];

function readFlags(values: DevValues): Pick<DevSettings, 'serve' | 'inspect'> {
  try {
    return {
      serve: completeOptions({ ...readServeFlags(values), binaryMediaTypes: EVERY_TYPE }),
      inspect: values.inspect === undefined ? undefined : portOf('inspect', values.inspect),
    };
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error;
    throw new UsageError(`${error.message}\nRun "lambent dev --help" for usage.`, { cause: error });
  }
}

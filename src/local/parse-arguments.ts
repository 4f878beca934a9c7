import { parseArgs } from 'node:util';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { commaSeparated } from '../shared/comma-separated.js';
import { messageOf } from '../shared/thrown.js';
import { SOURCE_NAMES, sourceNamed } from './doors/sources.js';
import type { ServeOptions } from './serve.js';
import { table } from './table.js';

/** Command-line flags for the options of `serve`. */
export const SERVE_FLAGS = {
  source: { type: 'string', value: 'name', about: `Service to emulate: ${SOURCE_NAMES.join(', ')}` },
  port: { type: 'string', value: 'number', about: 'Port to listen on (default: 3000); 0 picks a free port' },
  host: { type: 'string', value: 'name', about: 'Host to listen on (default: localhost)' },
  'allowed-hosts': {
    type: 'string',
    value: 'names',
    about: 'More host names to accept, separated by commas, such as the name of a tunnel',
  },
  stage: { type: 'string', value: 'name', about: 'API Gateway stage name' },
  timeout: { type: 'string', value: 'seconds', about: 'Function timeout in seconds (default: 30)' },
  streaming: { type: 'boolean', about: 'Stream responses as they are written' },
} as const;

const FLAGS = {
  ...SERVE_FLAGS,
  binary: {
    type: 'string',
    multiple: true,
    value: 'type',
    about: 'Binary media type of a REST API; repeatable',
  },
  quiet: { type: 'boolean', about: 'Print nothing' },
  help: { type: 'boolean', short: 'h', about: 'Show this help' },
} as const;

/** The flags of a command that serves an application. */
export const usage = `Flags:\n${table(Object.entries(FLAGS).map(usageRow), '  ')}`;

function usageRow([name, { value, about }]: readonly [
  string,
  { readonly value?: string; readonly about: string },
]): string[] {
  return [value === undefined ? `--${name}` : `--${name} <${value}>`, about];
}

/** The parsed command line of a script that serves an application. */
export interface LocalArguments {
  /** Whether `--help` was given: print {@link usage}. */
  help: boolean;
  /** Options for `serve`. */
  options: ServeOptions;
}

/**
 * Parses a command line.
 *
 * @param argv The arguments after the program, such as `process.argv.slice(2)`.
 * @throws BootstrapError that names an unknown flag, or one with a wrong value.
 */
export function parseArguments(argv: readonly string[]): LocalArguments {
  try {
    const { help = false, binary, quiet, ...values } = readFlags(argv);
    const others = { ...(quiet !== undefined && { quiet }), ...(binary !== undefined && { binaryMediaTypes: binary }) };
    return { help, options: { ...readServeFlags(values), ...others } };
  } catch (error) {
    throw new BootstrapError(`${messageOf(error)}\n\n${usage}`, { cause: error });
  }
}

/** The values of {@link SERVE_FLAGS}, as `parseArgs` returns them. */
export interface ServeFlagValues {
  readonly source?: string;
  readonly port?: string;
  readonly host?: string;
  readonly 'allowed-hosts'?: string;
  readonly stage?: string;
  readonly timeout?: string;
  readonly streaming?: boolean;
}

/** Converts flags to options of `serve`. @throws BootstrapError that names a flag with a wrong value. */
export function readServeFlags(values: ServeFlagValues): ServeOptions {
  const { source, port, host, 'allowed-hosts': names, stage, timeout, streaming } = values;
  return {
    ...(source !== undefined && { source: sourceNamed(source) }),
    ...(port !== undefined && { port: portOf('port', port) }),
    ...(host !== undefined && { host }),
    ...(names !== undefined && { allowedHosts: commaSeparated(names) }),
    ...(stage !== undefined && { stage }),
    ...(timeout !== undefined && { timeout: secondsOf(timeout) }),
    ...(streaming !== undefined && { streaming }),
  };
}

function readFlags(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: FLAGS }).values;
  } catch (error) {
    // The first sentence names the flag. The rest explains positional arguments, which are not supported here.
    throw new BootstrapError(`${messageOf(error).split('. ')[0]!}.`, { cause: error });
  }
}

/**
 * Parses a port.
 *
 * @param flag The flag to name in the message.
 * @throws BootstrapError when the value is not a port.
 */
export function portOf(flag: string, value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new BootstrapError(`--${flag} takes a number from 0 to 65535, not "${value}".`);
}

function secondsOf(value: string): number {
  const seconds = Number(value);
  if (value.trim() !== '' && Number.isFinite(seconds) && seconds > 0) return seconds;
  throw new BootstrapError(`--timeout takes a number of seconds above 0, not "${value}".`);
}

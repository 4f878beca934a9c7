import { parseArgs } from 'node:util';
import { BootstrapError } from '../errors/bootstrap-error.js';
import type { ServeOptions } from './serve.js';
import { SOURCE_NAMES, type Source } from './sources.js';

/** The flags of a command that serves an application. */
export const usage = `Flags:
  --source <name>   the service to stand in for: ${SOURCE_NAMES.join(', ')}
  --port <number>   3000 unless given; 0 takes a free one
  --host <name>     localhost unless given
  --stage <name>    a named stage, for API Gateway
  --timeout <s>     the function's timeout, 30 seconds unless given
  --streaming       pass on answers as they are written
  --binary <type>   a binary media type of a REST API; may be repeated
  --quiet           print nothing
  --help            print this`;

const FLAGS = {
  source: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  stage: { type: 'string' },
  timeout: { type: 'string' },
  streaming: { type: 'boolean' },
  binary: { type: 'string', multiple: true },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** What the arguments of a script that serves an application say. */
export interface LocalArguments {
  /** Whether {@link usage} was asked for. */
  help: boolean;
  /** What was said, for `serve`. */
  options: ServeOptions;
}

/**
 * Reads a command line.
 *
 * @param argv what follows the program, as in `process.argv.slice(2)`.
 * @throws BootstrapError naming the flag that is unknown or has a wrong value.
 */
export function parseArguments(argv: readonly string[]): LocalArguments {
  const { help = false, source, port, timeout, binary, ...rest } = readFlags(argv);
  return {
    help,
    options: {
      ...rest,
      ...(source !== undefined && { source: sourceOf(source) }),
      ...(port !== undefined && { port: portOf(port) }),
      ...(timeout !== undefined && { timeout: secondsOf(timeout) }),
      ...(binary !== undefined && { binaryMediaTypes: binary }),
    },
  };
}

function readFlags(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: FLAGS }).values;
  } catch (error) {
    // The first sentence names the flag; the rest is about positional arguments, which there are none of.
    throw refusal((error as Error).message.split('. ')[0]!);
  }
}

function sourceOf(value: string): Source {
  const source = SOURCE_NAMES.find((name) => name === value);
  if (source === undefined) throw refusal(`There is no source "${value}"`);
  return source;
}

function portOf(value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw refusal(`--port takes a number from 0 to 65535, not "${value}"`);
}

function secondsOf(value: string): number {
  const seconds = Number(value);
  if (value.trim() !== '' && Number.isFinite(seconds) && seconds > 0) return seconds;
  throw refusal(`--timeout takes seconds, more than 0, not "${value}"`);
}

function refusal(message: string): BootstrapError {
  return new BootstrapError(`${message}.\n\n${usage}`);
}

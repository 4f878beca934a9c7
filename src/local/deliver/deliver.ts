import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { isJsonObject } from '../../shared/json-values.js';
import { messageOf } from '../../shared/thrown.js';
import { table } from '../table.js';
import type { Terminal } from '../terminal.js';
import { invokeFunction } from './invoke-function.js';
import { type FlagName, parseJson, SAMPLE_FLAGS, SampleFlags } from './sample-flags.js';
import { SAMPLE_SOURCES, type SampleSource } from './sample-sources.js';

/**
 * Runs a command that sends an event to a running application and prints the result.
 *
 * @param argv The arguments after the command's name, as `parseDelivery` takes them.
 * @returns Whether the event was handled, for the exit code. False when the function failed or reported failed records.
 * @throws BootstrapError when the command line is wrong, or no application is listening.
 */
export async function deliver(argv: readonly string[], terminal: Terminal = console): Promise<boolean> {
  const delivery = parseDelivery(argv);
  if (!delivery.help) return sendDelivery(delivery, terminal);
  terminal.log(deliverUsage);
  return true;
}

/**
 * Sends an event and prints the result; with `print`, prints the event instead.
 *
 * @returns The same as {@link deliver}.
 * @throws BootstrapError when no application is listening.
 */
export async function sendDelivery(delivery: Delivery, terminal: Terminal): Promise<boolean> {
  const { print, url, functionName, event } = delivery;
  if (print) {
    terminal.log(JSON.stringify(event, null, 2));
    return true;
  }
  const { failed, payload } = await invokeFunction(url, event, functionName);
  // The log of the application has the stack.
  const shown = failed && isJsonObject(payload) ? { ...payload, trace: undefined } : payload;
  const text = JSON.stringify(shown, null, 2);
  if (failed) terminal.error(`The function failed: ${text}`);
  else terminal.log(text);
  return !failed && !reportsFailures(payload);
}

function reportsFailures(result: unknown): boolean {
  return isJsonObject(result) && Array.isArray(result['batchItemFailures']) && result['batchItemFailures'].length > 0;
}

const FLAG_NAMES = Object.keys(SAMPLE_FLAGS) as readonly FlagName[];

const OPTIONS = {
  ...Object.fromEntries(FLAG_NAMES.map((name) => [name, { type: 'string', multiple: true } as const])),
  file: { type: 'string' },
  url: { type: 'string' },
  function: { type: 'string' },
  print: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** The address of `lambent dev` unless told otherwise. */
export const DEFAULT_URL = 'http://localhost:3000';

/** The help text of the command. */
export const deliverUsage = `Name a source and the values to change in its sample event, or a file with a whole event.

Sources:
${table(
  Object.entries(SAMPLE_SOURCES).map(([name, { flags, named }]) => [
    named === undefined ? name : `${name} [${named}]`,
    flags.map((flag) => `--${flag}`).join(' '),
  ]),
  '  ',
)}

Flags:
${table(
  [
    ...FLAG_NAMES.map((name) => [`--${name} ${SAMPLE_FLAGS[name][0]}`, SAMPLE_FLAGS[name][1]]),
    ['--file <path>', 'JSON file with a whole event'],
    ['--url <url>', `URL of the running application (default: ${DEFAULT_URL})`],
    ['--function <name>', 'Function to invoke (default: the one that gets HTTP requests)'],
    ['--print', 'Print the event instead of sending it'],
    ['--help', 'Show this help'],
  ],
  '  ',
)}`;

/** An event, and where to send it. */
export interface Delivery {
  /** Whether `--help` was given: print {@link deliverUsage}. There is no event then. */
  help: boolean;
  /** Whether `--print` was given: print the event as JSON, and send nothing. */
  print: boolean;
  url: string;
  /** The function to invoke when several run. */
  functionName?: string;
  event: unknown;
}

/**
 * Parses a command line that names an event, such as `sqs --queue shipments --body '{"orderId":"o1"}'` or
 * `--file event.json`.
 *
 * @param argv The arguments after the command's name.
 * @throws BootstrapError that names what is unknown, wrong or missing.
 */
export function parseDelivery(argv: readonly string[]): Delivery {
  const { values, positionals } = readArguments(argv);
  const { help = false, print = false, url = DEFAULT_URL, function: functionName, ...which } = values;
  const target = (['url', 'function'] as const).find((flag) => values[flag] !== undefined);
  if (print && target) throw refusal(`--print sends nothing and cannot be combined with --${target}`);
  const event = help ? undefined : eventOf(positionals, which);
  return { help, print, url, ...(functionName !== undefined && { functionName }), event };
}

function eventOf([name, ...names]: readonly string[], { file, ...flags }: GivenFlags & { file?: string }): unknown {
  const source = sourceOf(name);
  const given = { ...flags, ...resourceIn(names, source, flags) };
  if (file === undefined) return sampleOf(source, given);
  const [other] = Object.keys(given);
  if (other !== undefined) throw refusal(`--file gives the whole event and cannot be combined with --${other}`);
  return readEvent(file);
}

function readArguments(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw refusal(messageOf(error).split('. ')[0]!);
  }
}

type GivenFlags = Partial<Record<FlagName, readonly string[]>>;

/** Returns the flag for the name behind a source, as in `schedule nightly-report`. */
function resourceIn(
  [resource, ...more]: readonly string[],
  named: ReturnType<typeof sourceOf>,
  given: GivenFlags,
): GivenFlags {
  if (resource === undefined) return {};
  const flag = named?.[1].named;
  if (flag === undefined || more.length > 0) {
    const odd = flag === undefined ? resource : more[0]!;
    throw refusal(`Name one source only: "${odd}" is one too many`);
  }
  if (given[flag] === undefined) return { [flag]: [resource] };
  throw refusal(`"${resource}" is the value of --${flag}, which is given twice`);
}

function sourceOf(name: string | undefined): readonly [name: string, source: SampleSource] | undefined {
  if (name === undefined) return undefined;
  const source = Object.hasOwn(SAMPLE_SOURCES, name) ? SAMPLE_SOURCES[name] : undefined;
  if (!source) throw refusal(`There is no source "${name}"`);
  return [name, source];
}

function sampleOf(named: ReturnType<typeof sourceOf>, given: GivenFlags): object {
  if (!named) throw refusal('Name a source, or a file with --file');
  const [name, source] = named;
  const unused = Object.keys(given).find((flag) => !source.flags.includes(flag as FlagName));
  if (unused !== undefined) throw refusal(`The source ${name} does not take --${unused}`);
  return source.make(new SampleFlags(given));
}

function readEvent(path: string): unknown {
  try {
    return parseJson(readFileSync(path, 'utf8'), path);
  } catch (error) {
    if (error instanceof BootstrapError) throw error;
    throw new BootstrapError(`${path} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
}

function refusal(message: string): BootstrapError {
  return new BootstrapError(`${message}.\n\n${deliverUsage}`);
}

import { parseArgs } from 'node:util';
import { table } from '../../local/table.js';
import type { Terminal } from '../../local/terminal.js';
import { suggestion } from '../../shared/suggestion.js';
import { messageOf } from '../../shared/thrown.js';
import { UsageError } from './command-error.js';
import type { Prompts } from './prompts.js';

/**
 * Runs a command with the arguments after its name.
 *
 * @returns the exit code.
 * @throws CommandError if it fails for a reason that the user can fix.
 */
export type Command = (argv: readonly string[], context: CommandContext) => Promise<number>;

/** Everything a command gets from the process. */
export interface CommandContext {
  /** The current folder. */
  readonly cwd: string;
  /** The path of the running program, from which the command finds its own package. */
  readonly program: string;
  readonly terminal: Terminal;
  /** Whether to print in colour. */
  readonly colors?: boolean;
  /** Asks the user; absent if the terminal is not interactive. */
  readonly prompts?: Prompts;
  /** Shows a line in place of the one before; absent if the terminal is not interactive. Empty text removes it. */
  readonly progress?: (line: string) => void;
}

interface CommandDefinition<F extends Flags> {
  /** As in `generate`. */
  readonly name: string;
  /** One or more sentences for the help. */
  readonly about: string;
  /** Positional arguments as the help shows them, such as `<kind>`. A last one that ends in `…]` may repeat. */
  readonly positionals: readonly string[];
  readonly flags: F;
  /** Command lines without `lambent`, each with what it does. */
  readonly examples: readonly (readonly [commandLine: string, does: string])[];
  run(values: FlagValues<F>, args: readonly string[], context: CommandContext): Promise<void>;
}

export type Flags = Readonly<Record<string, Flag>>;

interface Flag {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  /** The placeholder for the value in the help, such as `path`. */
  readonly value?: string;
  readonly about: string;
}

/** Flag values by name; `undefined` for a flag that was not given. */
export type FlagValues<F extends Flags> = {
  readonly [Name in keyof F]?: F[Name]['type'] extends 'boolean' ? boolean : string;
};

const HELP = { help: { type: 'boolean', short: 'h', about: 'Show this help' } } as const satisfies Flags;

/** Makes a command that parses its flags, prints its help and rejects unknown arguments. */
export function defineCommand<F extends Flags>(definition: CommandDefinition<F>): Command {
  const flags: Flags = { ...definition.flags, ...HELP };
  return async (argv, context) => {
    const { values, positionals } = parseArguments(argv, { ...definition, flags });
    if (values['help'] === true) context.terminal.log(helpText({ ...definition, flags }));
    else await definition.run(values as FlagValues<F>, positionals, context);
    return 0;
  };
}

type CommandHelp = Omit<CommandDefinition<Flags>, 'run'>;

function parseArguments(argv: readonly string[], { name, positionals: expected, flags }: CommandHelp) {
  const options = Object.fromEntries(
    Object.entries(flags).map(([flag, { type, short }]) => [flag, { type, ...(short && { short }) }]),
  );
  try {
    const parsed = parseArgs({ args: [...argv], options, allowPositionals: true });
    const extra = expected.at(-1)?.endsWith('…]') ? undefined : parsed.positionals[expected.length];
    if (extra !== undefined)
      throw new Error(`Unexpected argument "${extra}": ${name} takes ${expected.join(' ') || 'no arguments'}`);
    return parsed;
  } catch (error) {
    // Node adds how to pass a positional argument that looks like a flag, which does not apply here.
    const message = messageOf(error).split('. ', 1)[0]!;
    throw new UsageError(
      `${message}.${flagSuggestion(message, Object.keys(flags))}\nRun "lambent ${name} --help" for usage.`,
      { cause: error },
    );
  }
}

function flagSuggestion(message: string, flags: readonly string[]): string {
  const unknown = /Unknown option '--([^']+)'/.exec(message)?.[1];
  const written = flags.map((flag) => `--${flag}`);
  return unknown === undefined ? '' : suggestion(unknown, written);
}

function helpText({ name, about, positionals, flags, examples }: CommandHelp): string {
  const flagRows = Object.entries(flags).map(([flag, { short, value, about: text }]) => [
    `${short === undefined ? '' : `-${short}, `}--${flag}${value === undefined ? '' : ` <${value}>`}`,
    text,
  ]);
  const exampleRows = examples.map(([line, does]) => [`lambent ${line}`, does]);
  return [
    about,
    `Usage: ${['lambent', name, ...positionals, '[flags]'].join(' ')}`,
    `Flags:\n${table(flagRows, '  ')}`,
    `Examples:\n${table(exampleRows, '  ')}`,
  ].join('\n\n');
}

/** Finds what is registered under a name or an alias. */
export function findNamed<T extends { readonly alias?: string }>(
  entries: Readonly<Record<string, T>>,
  name: string,
): T | undefined {
  return Object.entries(entries).find(([key, { alias }]) => name === key || name === alias)?.[1];
}

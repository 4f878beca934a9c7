import { parseArgs } from 'node:util';
import { table } from '../../local/terminal.js';
import { nearNames } from '../../shared/near-names.js';
import { UsageError } from './errors.js';
import type { Terminal } from './terminal.js';

/** All that a command has of the process. */
export interface Workplace {
  /** The folder that it was called in. */
  readonly cwd: string;
  /** The file that was started, by which this package is found. */
  readonly program: string;
  readonly terminal: Terminal;
  /** Whether what is printed may have colours. */
  readonly colors?: boolean;
  /** Puts a question to the user; absent where nobody would answer. */
  readonly ask?: (question: string) => Promise<string>;
}

/**
 * Takes what follows its name on the command line, and gives the exit code.
 *
 * @throws CommandError for what it can't do.
 */
export type Command = (argv: readonly string[], workplace: Workplace) => Promise<number>;

/** A flag that is there or not, or one with a value. */
interface Flag {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  /** What the value is, for the help, as in `path`. */
  readonly value?: string;
  readonly about: string;
}

export type Flags = Readonly<Record<string, Flag>>;

/** What was given; a flag that was not is `undefined`. */
export type FlagValues<F extends Flags> = {
  readonly [Name in keyof F]?: F[Name]['type'] extends 'boolean' ? boolean : string;
};

interface CommandDefinition<F extends Flags> {
  /** As in `generate`. */
  readonly name: string;
  /** A sentence or more, for the help. */
  readonly about: string;
  /** What it takes beside flags, as in `<kind>`; any number of what ends in `…]`. */
  readonly takes: readonly string[];
  readonly flags: F;
  /** What may follow `lambent`, each with what it does. */
  readonly examples: readonly (readonly [commandLine: string, does: string])[];
  run(values: FlagValues<F>, taken: readonly string[], workplace: Workplace): Promise<void>;
}

const HELP = { help: { type: 'boolean', short: 'h', about: 'prints this' } } as const satisfies Flags;

/** A command with flags, `--help` and messages for what it does not take. */
export function defineCommand<F extends Flags>(definition: CommandDefinition<F>): Command {
  const flags: Flags = { ...definition.flags, ...HELP };
  return async (argv, workplace) => {
    const { values, positionals } = readArguments(argv, { ...definition, flags });
    if (values['help'] === true) {
      workplace.terminal.log(commandHelp({ ...definition, flags }));
      return 0;
    }
    await definition.run(values as FlagValues<F>, positionals, workplace);
    return 0;
  };
}

function readArguments(
  argv: readonly string[],
  { name, takes, flags }: Pick<CommandDefinition<Flags>, 'name' | 'takes' | 'flags'>,
) {
  const options = Object.fromEntries(
    Object.entries(flags).map(([flag, { type, short }]) => [flag, { type, ...(short && { short }) }]),
  );
  try {
    const parsed = parseArgs({ args: [...argv], options, allowPositionals: true });
    const extra = takes.at(-1)?.endsWith('…]') ? undefined : parsed.positionals[takes.length];
    if (extra !== undefined)
      throw new Error(`"${extra}" is one too many: ${name} takes ${takes.join(' ') || 'flags only'}`);
    return parsed;
  } catch (error) {
    // Node goes on to explain how to pass positional arguments that look like flags.
    const message = (error as Error).message.split('. ', 1)[0]!;
    throw new UsageError(`${message}.${hint(message, Object.keys(flags))}\nRun "lambent ${name} --help".`, {
      cause: error,
    });
  }
}

function hint(message: string, flags: readonly string[]): string {
  const unknown = /Unknown option '--([^']+)'/.exec(message)?.[1];
  const near = unknown === undefined ? [] : nearNames(unknown, flags);
  return near.length > 0 ? ` Did you mean --${near.join(' or --')}?` : '';
}

/** What the help of a command is made of. */
interface HelpContent {
  readonly name: string;
  readonly about: string;
  readonly takes: readonly string[];
  readonly flags: Readonly<Record<string, HelpFlag>>;
  readonly examples: readonly (readonly [commandLine: string, does: string])[];
}

interface HelpFlag {
  readonly short?: string;
  readonly value?: string;
  readonly about: string;
}

function commandHelp({ name, about, takes, flags, examples }: HelpContent): string {
  const flagRows = Object.entries(flags).map(([flag, definition]) => [flagForm(flag, definition), definition.about]);
  const exampleRows = examples.map(([line, does]) => [`lambent ${line}`, does]);
  return [
    about,
    `Usage: ${['lambent', name, ...takes, '[flags]'].join(' ')}`,
    `Flags:\n${table(flagRows, '  ')}`,
    `Examples:\n${table(exampleRows, '  ')}`,
  ].join('\n\n');
}

function flagForm(flag: string, { short, value }: HelpFlag): string {
  return `${short === undefined ? '' : `-${short}, `}--${flag}${value === undefined ? '' : ` <${value}>`}`;
}

import { inspect } from 'node:util';
import { table } from '../local/terminal.js';
import { suggestion } from '../shared/near-names.js';
import { type CommandEntry, COMMANDS } from './commands.js';
import type { Workplace } from './framework/command.js';
import { CommandError, errorHint, errorText, UsageError } from './framework/errors.js';
import { packageManifest } from './project/lambent-package.js';

/**
 * Runs the command that `argv` names.
 *
 * @param argv what follows the program, as in `process.argv.slice(2)`.
 * @returns the exit code: 0 when all went well, 1 when it did not, 2 when the command line makes no sense.
 */
export async function run(argv: readonly string[], workplace: Workplace): Promise<number> {
  try {
    return await dispatch(argv, workplace);
  } catch (error) {
    workplace.terminal.error(errorText(error, workplace.colors === true) ?? wholeError(error));
    return error instanceof CommandError ? error.exitCode : 1;
  }
}

async function dispatch([name, ...rest]: readonly string[], workplace: Workplace): Promise<number> {
  const { terminal, program } = workplace;
  if (name === undefined) throw new UsageError(overview());
  if (name === '--version' || name === '-v') return print(terminal, packageManifest(program).version);
  if (name === 'help' && rest[0] !== undefined) return dispatch([rest[0], '--help'], workplace);
  if (name === 'help' || name === '--help' || name === '-h') return print(terminal, overview());
  const command = await entryOf(name).load();
  return command(rest, workplace);
}

function print(terminal: Workplace['terminal'], text: string): number {
  terminal.log(text);
  return 0;
}

function entryOf(name: string): CommandEntry {
  const entry = Object.entries(COMMANDS).find(([known, { alias }]) => name === known || name === alias)?.[1];
  if (entry) return entry;
  throw new UsageError(
    `There is no command "${name}".${suggestion(name, Object.keys(COMMANDS))}\nRun "lambent --help" for all of them.`,
  );
}

function overview(): string {
  const rows = Object.entries(COMMANDS).map(([name, { alias, about }]) => [name, alias ?? '', about]);
  return [
    'Usage: lambent <command> [flags]',
    `Commands:\n${table(rows, '  ')}`,
    'Each has its flags and examples: lambent <command> --help',
    `Examples:\n${table([['npx lambent new my-api'], ['npx lambent dev'], ['npx lambent generate resource orders'], ['npx lambent routes']], '  ')}`,
  ].join('\n\n');
}

/** With its stack, its causes, and what to do where it says nothing of that. */
function wholeError(error: unknown): string {
  const text = inspect(error);
  const hint = errorHint(text);
  return hint === undefined
    ? text
    : `${text}

${hint}`;
}

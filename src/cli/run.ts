import { table } from '../local/table.js';
import { suggestion } from '../shared/suggestion.js';
import { COMMANDS } from './commands.js';
import { CommandError, UsageError } from './framework/command-error.js';
import { type CommandContext, findNamed } from './framework/command.js';
import { formatError } from './framework/format-error.js';
import { lambentManifest } from './project/lambent-package.js';

/**
 * Runs the command that `argv` names.
 *
 * @param argv arguments after the program, as in `process.argv.slice(2)`.
 * @returns the exit code: 0 on success, 1 on failure, 2 for an invalid command line.
 */
export async function run(argv: readonly string[], context: CommandContext): Promise<number> {
  try {
    return await dispatch(argv, context);
  } catch (error) {
    context.terminal.error(formatError(error, context.colors === true));
    return error instanceof CommandError ? error.exitCode : 1;
  }
}

async function dispatch([name, ...rest]: readonly string[], context: CommandContext): Promise<number> {
  const { terminal, program } = context;
  if (name === undefined) throw new UsageError(overview());
  if (name === '--version' || name === '-v') return print(terminal, lambentManifest(program).version);
  if (name === 'help' && rest[0] !== undefined) return dispatch([rest[0], '--help'], context);
  if (name === 'help' || name === '--help' || name === '-h') return print(terminal, overview());
  const entry = findNamed(COMMANDS, name);
  if (!entry)
    throw new UsageError(
      `Unknown command "${name}".${suggestion(name, Object.keys(COMMANDS))}\nRun "lambent --help" for all commands.`,
    );
  const command = await entry.load();
  return command(rest, context);
}

function print(terminal: CommandContext['terminal'], text: string): number {
  terminal.log(text);
  return 0;
}

function overview(): string {
  const commands = Object.entries(COMMANDS).map(([name, { alias, about }]) => [name, alias ?? '', about]);
  const examples = [
    ['npx lambent new my-api'],
    ['npx lambent dev'],
    ['npx lambent generate resource orders'],
    ['npx lambent routes'],
  ];
  return [
    'Usage: lambent <command> [flags]',
    `Commands:\n${table(commands, '  ')}`,
    'Run "lambent <command> --help" for the flags and examples of a command.',
    `Examples:\n${table(examples, '  ')}`,
  ].join('\n\n');
}

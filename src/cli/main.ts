#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { clearLine, cursorTo } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { paint, wantsColors } from './framework/colors.js';
import type { CommandContext } from './framework/command.js';
import { TerminalPrompts } from './framework/prompts.js';
import { projectProgram } from './project/lambent-package.js';
import { run } from './run.js';

const { stdin, stdout, argv } = process;
// npm starts commands through a symbolic link.
const program = realpathSync(argv[1]!);

async function start(): Promise<void> {
  const own = projectProgram(argv.slice(2), process.cwd(), program);
  if (own !== undefined) {
    argv[1] = own;
    return void (await import(pathToFileURL(own).href));
  }
  const colors = wantsColors(stdout.isTTY, process.env);
  const exitCode = await run(argv.slice(2), {
    cwd: process.cwd(),
    program,
    terminal: console,
    colors,
    ...interactive(colors),
  });
  // Exits even if the loaded application holds timers or connections open, but only after stdout is flushed.
  stdout.write('', () => process.exit(exitCode));
}

/** Returns the parts that need a person in front of the terminal. */
function interactive(colored: boolean): Pick<CommandContext, 'prompts' | 'progress'> {
  if (!stdin.isTTY || !stdout.isTTY) return {};
  const terminal = { input: stdin, output: stdout, paint: paint(colored), interrupted: () => process.exit(130) };
  return { prompts: new TerminalPrompts(terminal), progress: showLine };
}

function showLine(line: string): void {
  clearLine(stdout, 0);
  cursorTo(stdout, 0);
  stdout.write(line.slice(0, stdout.columns - 1));
}

void start();

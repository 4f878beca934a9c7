#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { pathToFileURL } from 'node:url';
import { wantsColors } from './framework/terminal.js';
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
  const exitCode = await run(argv.slice(2), {
    cwd: process.cwd(),
    program,
    terminal: console,
    colors: wantsColors(stdout.isTTY, process.env),
    ...(stdin.isTTY && stdout.isTTY && { ask }),
  });
  // Exits even if the loaded application holds timers or connections open, but only after stdout is flushed.
  stdout.write('', () => process.exit(exitCode));
}

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: stdin, output: stdout });
  // After Ctrl-C or the end of input, the question would never resolve.
  lines.once('close', exitInterrupted);
  const answer = await lines.question(question);
  lines.off('close', exitInterrupted);
  lines.close();
  return answer;
}

function exitInterrupted(): never {
  process.exit(130);
}

void start();

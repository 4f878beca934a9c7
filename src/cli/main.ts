#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { pathToFileURL } from 'node:url';
import { wantsColors } from './framework/terminal.js';
import { projectProgram } from './project/lambent-package.js';
import { run } from './run.js';

const { stdin, stdout, argv } = process;
// npm starts commands by a link.
const program = realpathSync(argv[1]!);

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: stdin, output: stdout });
  // Ctrl-C and the end of the input would leave the question open for ever.
  lines.once('close', stop);
  const answer = await lines.question(question);
  lines.off('close', stop);
  lines.close();
  return answer;
}

function stop(): never {
  process.exit(130);
}

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
  // What an application opened when it was loaded must not keep a command from ending, nor an ending from printing.
  stdout.write('', () => process.exit(exitCode));
}

void start();

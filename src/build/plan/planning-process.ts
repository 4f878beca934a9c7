import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Outcome } from './planning-outcome.js';

/** The number of planning processes that may start now. */
let free = availableParallelism();
const waiting: (() => void)[] = [];

/** Seconds that a planning process may take. */
const TIME_LIMIT = 60;

/** The files of a planning process. */
export interface PlanningFiles {
  /** The folder of the planning bundle. */
  readonly folder: string;
  readonly entry: string;
  readonly planner: string;
  readonly runtime: string;
  readonly cwd: string;
  /** The lazy module to plan instead of the applications: see `emitLazyModule`. */
  readonly lazy?: readonly number[];
}

/** The reason why a lazy module has no plan whose function has returned a promise that stays pending. */
const NEVER_LOADED =
  'the promise of its function never settles: the function, or the top level of a module that it imports, waits for ' +
  'what only a bootstrap brings, such as app.runAsync(…). Only await the import, and load values in an async factory';

/**
 * The program of the process. After the global of Lambda's runtime is defined, the entry is imported first, because
 * what a module does may depend on what was loaded before it. Errors that nobody awaits, such as that of a connection,
 * are not the build's business.
 */
const PROGRAM = `
import { writeFileSync } from 'node:fs';
const [runtime, entry, planner, output, lazy] = process.argv.slice(2);
const finish = (outcome) => {
  writeFileSync(output, JSON.stringify(outcome));
  process.exit();
};
process.on('uncaughtException', () => undefined);
process.on('unhandledRejection', () => undefined);
let pending = 'a module waits at its top level for what only a bootstrap brings';
// The event loop is empty, and something is still awaited.
process.on('beforeExit', () => finish({ reason: pending }));
const { installAwsLambda } = await import(runtime);
installAwsLambda();
try {
  await import(entry);
} catch (error) {
  const { name, message, stack } = Object(error);
  if (name === 'BootstrapError') finish({ mistake: message });
  finish({ reason: 'its import failed: ' + (stack ?? String(error)) });
}
const { emit } = await import(planner);
pending = ${JSON.stringify(NEVER_LOADED)};
finish(await emit(lazy && JSON.parse(lazy)));
`;

/** Imports an entry and plans its applications, or a lazy module of one, in a process of its own. */
export async function runPlanning<P>({ folder, cwd, lazy, ...files }: PlanningFiles): Promise<Outcome<P>> {
  const { runtime, entry, planner } = files;
  const name = [entry, ...(lazy ?? [])].join('-');
  const [program, output] = [join(folder, `${name}.planning.mjs`), join(folder, `${name}.json`)];
  await writeFile(program, PROGRAM);
  const urls = [runtime, entry, planner].map((file) => pathToFileURL(join(folder, file)).href);
  const given = lazy ? [JSON.stringify(lazy)] : [];
  const end = await inTurn(() => ended(['--enable-source-maps', program, ...urls, output, ...given], cwd));
  try {
    return JSON.parse(await readFile(output, 'utf8')) as Outcome<P>;
  } catch {
    return { reason: end };
  }
}

/** Runs work once a process may start. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
  else free--;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }
}

/** Returns how a process ended that wrote no outcome. */
function ended(args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd, stdio: 'ignore', timeout: TIME_LIMIT * 1000 });
    child.on('error', (error) => resolve(`the process that plans could not start: ${error.message}`));
    child.on('exit', (code, signal) => {
      if (signal) resolve(`its import took longer than ${TIME_LIMIT} seconds`);
      else resolve(`its import ended the process with the code ${code}`);
    });
  });
}

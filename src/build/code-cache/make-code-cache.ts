import { fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { type BuildSettings, type CodeCacheOptions, entryPaths } from '../build-options.js';
import type { CodeCacheReport } from '../build-report.js';
import { installedProgram } from '../installed-program.js';
import type { CodeFiles } from './code-files.js';

/** Seconds that the process may take for the import and all events. */
const TIME_LIMIT = 60;

/** The exit code of Node for flags that it does not know: https://nodejs.org/api/process.html#exit-codes */
const INVALID_ARGUMENT = 9;

/** The task of the process that makes a code cache, with whole paths. */
export interface CacheTask extends Pick<CodeFiles, 'handlerFile' | 'codeFile' | 'cacheFile' | 'seed'> {
  /** The paths of the events. */
  readonly events: readonly string[];
  /** Milliseconds for the import and all events. */
  readonly timeout: number;
}

/** The report of the process that makes a code cache. */
export type CacheOutcome = Pick<CodeCacheReport, 'results' | 'failure'>;

/** An outcome so far, with the cache of what has run written, or the last one. */
export interface CacheMessage extends CacheOutcome {
  readonly finished?: boolean;
}

/** The variables that Lambda sets for a function, because packages and the framework act on them. */
const LAMBDA = {
  AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.', 1)[0]}.x`,
  AWS_LAMBDA_FUNCTION_NAME: 'build',
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]00000000000000000000000000000000',
  TZ: ':UTC',
};

/** @throws BootstrapError when a file of an event does not exist, or is not JSON. */
export async function refuseUnreadable({ events }: CodeCacheOptions, cwd: string): Promise<void> {
  for (const event of events) {
    try {
      JSON.parse(await readFile(resolve(cwd, event), 'utf8'));
    } catch (error) {
      const why = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
      throw new BootstrapError(`The option "codeCache" needs sample events, and ${event} ${why}: ${String(error)}`);
    }
  }
}

/**
 * Makes the code cache of a bundle that is written, in a process of its own: it imports the handler and sends it the
 * events. It runs in a copy of the folder, because the handler may write files.
 *
 * @throws BootstrapError when the code does not run at all, or the process ends before an event is sent.
 */
export async function makeCodeCache(
  files: Omit<CodeFiles, 'chunks'>,
  settings: Pick<BuildSettings, 'cwd' | 'outDir' | 'entry'>,
  { events, flags }: Required<CodeCacheOptions>,
): Promise<CodeCacheReport> {
  const { cwd } = settings;
  const outDir = resolve(cwd, settings.outDir);
  const [entry] = entryPaths(settings);
  const cacheFile = join(outDir, files.cacheFile);
  // Beside the folder, where packages that are left out are found as from there.
  const copy = await mkdtemp(`${outDir}-run-`);
  try {
    await cp(outDir, copy, { recursive: true, mode: constants.COPYFILE_FICLONE });
    const task: CacheTask = {
      handlerFile: join(copy, files.handlerFile),
      codeFile: join(copy, files.codeFile),
      cacheFile,
      seed: files.seed,
      events: events.map((event) => resolve(cwd, event)),
      timeout: TIME_LIMIT * 1000,
    };
    const { results, failure } = await runTask(task, flags, resolve(cwd, entry!));
    const why = failure?.replaceAll(copy, outDir);
    const cache = await readFile(cacheFile);
    if (cache.length === 0) throw new BootstrapError(`No code cache: ${why}`);
    return {
      file: files.cacheFile,
      bytes: cache.length,
      zipBytes: deflateRawSync(cache).length,
      node: process.version,
      flags,
      results,
      ...(why !== undefined && { failure: why }),
    };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/**
 * @param source The entry. The process is that of the lambent that is installed for it.
 * @returns The last outcome. If the process ended before it had finished, how it ended is the failure.
 */
async function runTask(task: CacheTask, flags: readonly string[], source: string): Promise<CacheOutcome> {
  const program = join(dirname(installedProgram(source)), '../build/code-cache/cache-process.js');
  const child = fork(program, [JSON.stringify(task)], {
    // As on Lambda.
    cwd: dirname(task.handlerFile),
    env: { ...LAMBDA, ...process.env, NODE_OPTIONS: '' },
    execArgv: [...flags],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    timeout: TIME_LIMIT * 1000,
    // Applications may listen for other signals, and those that never wait don't get them.
    killSignal: 'SIGKILL',
  });
  let last: CacheMessage | undefined;
  child.on('message', (message: CacheMessage) => (last = message));
  // The last message may be read after the end of the process.
  const [[code, signal]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  if (last?.finished) return last;
  const ended = `ended the process with the ${signal ? `signal ${signal}` : `code ${code}`}`;
  const how = child.killed ? `took longer than ${TIME_LIMIT} seconds` : ended;
  if (last) return { ...last, failure: `it ${how}` };
  const what =
    code === INVALID_ARGUMENT && flags.length > 0
      ? `Node does not accept the flags "${flags.join(' ')}".`
      : `the application ${how}. Use other events, or leave out "codeCache".`;
  throw new BootstrapError(`No code cache: ${what}`);
}

import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
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
 * events.
 *
 * @throws BootstrapError when the code does not run at all, or the process ends before it has written the cache.
 */
export async function makeCodeCache(
  files: Omit<CodeFiles, 'chunks'>,
  settings: Pick<BuildSettings, 'cwd' | 'outDir' | 'entry'>,
  { events, flags }: Required<CodeCacheOptions>,
): Promise<CodeCacheReport> {
  const { cwd, outDir } = settings;
  const [entry] = entryPaths(settings);
  const pathOf = (file: string) => resolve(cwd, outDir, file);
  const task: CacheTask = {
    handlerFile: pathOf(files.handlerFile),
    codeFile: pathOf(files.codeFile),
    cacheFile: pathOf(files.cacheFile),
    seed: files.seed,
    events: events.map((event) => resolve(cwd, event)),
    timeout: TIME_LIMIT * 1000,
  };
  const { results, failure } = await runTask(task, flags, resolve(cwd, entry!));
  const cache = await readFile(task.cacheFile);
  if (cache.length === 0) throw new BootstrapError(`No code cache: ${failure}`);
  return {
    file: files.cacheFile,
    bytes: cache.length,
    zipBytes: deflateRawSync(cache).length,
    node: process.version,
    flags,
    results,
    ...(failure !== undefined && { failure }),
  };
}

/** @param source The entry. The process is that of the lambent that is installed for it. */
function runTask(task: CacheTask, flags: readonly string[], source: string): Promise<CacheOutcome> {
  const program = join(dirname(installedProgram(source)), '../build/code-cache/cache-process.js');
  return new Promise((taken, reject) => {
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
    child.on('message', (outcome: CacheOutcome) => taken(outcome));
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      const ended = `ended the process with the ${signal ? `signal ${signal}` : `code ${code}`}`;
      const how = child.killed ? `took longer than ${TIME_LIMIT} seconds` : ended;
      const what =
        code === INVALID_ARGUMENT && flags.length > 0
          ? `Node does not accept the flags "${flags.join(' ')}".`
          : `the application ${how}. Use other events, or leave out "codeCache".`;
      reject(new BootstrapError(`No code cache: ${what}`));
    });
  });
}

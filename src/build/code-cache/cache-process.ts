import { once } from 'node:events';
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { callFunction, callStreaming } from '../../local/invoke/call-function.js';
import { describeError } from '../../local/invoke/function-error.js';
import {
  type ExportedHandler,
  installAwsLambda,
  isHandler,
  isStreaming,
  ResponseStream,
} from '../../local/invoke/response-stream.js';
import { withChecksum } from './loader.js';
import type { CacheMessage, CacheOutcome, CacheTask } from './make-code-cache.js';

// The process that makes a code cache. It loads the handler's file and sends it the events, as Lambda would, so that
// the cache contains the functions that V8 compiles for a start. What fails is reported: the cache has the rest. It is
// kept before each event, because an event may end the process, or never return.

// The application finds neither the task in its arguments nor a parent process to send messages to.
const [task] = process.argv.splice(2);
const { handlerFile, codeFile, cacheFile, seed, events, timeout } = JSON.parse(task!) as CacheTask;
const send = process.send!.bind(process);
delete process.send;
/** The part of the time for all events after which the cache is written. */
const MARGIN = 0.9;
/** By their file names. */
const scripts = new Map<string | undefined, vm.Script>();

/** A script that keeps itself: the handler's file creates it to run the code file. */
class KeptScript extends vm.Script {
  constructor(...values: ConstructorParameters<typeof vm.Script>) {
    super(...values);
    scripts.set((values[1] as vm.ScriptOptions | undefined)?.filename, this);
  }
}

/** Sends an event, and returns the status of a response, or `undefined` for other results. */
async function invoke(handler: ExportedHandler, event: string): Promise<number | undefined> {
  const context = { timeout };
  if (isStreaming(handler)) {
    const stream = new ResponseStream({ write: async () => undefined, end: () => undefined });
    await callStreaming(handler, event, stream, context);
    return undefined;
  }
  const result = JSON.parse(await callFunction(handler, event, context)) as unknown;
  return (result as { readonly statusCode?: number } | null)?.statusCode;
}

/** Writes the cache of what has run, and reports on it. */
function keep(message: CacheMessage, sent = () => {}): void {
  const script = scripts.get(realpathSync(codeFile));
  writeFileSync(cacheFile, script ? withChecksum(script.createCachedData(), seed) : '');
  send(message, sent);
}

/** Runs the function until it fails, and says how. */
async function run(results: CacheOutcome['results'][number][]): Promise<CacheOutcome> {
  try {
    const exported = (await import(pathToFileURL(handlerFile).href)) as Readonly<Record<string, unknown>>;
    const handler = exported['handler'] ?? Object.values(exported).find((value) => typeof value === 'function');
    if (!isHandler(handler)) throw new TypeError(`${handlerFile} exports no handler`);
    for (const event of events) {
      keep({ results });
      results.push({ event, status: await invoke(handler, readFileSync(event, 'utf8')) });
    }
    return { results };
  } catch (error) {
    const { errorType, errorMessage } = describeError(error);
    return { results, failure: `${errorType}: ${errorMessage}` };
  }
}

/** Resolves when the function waits for what cannot happen anymore. */
async function nothingPending(results: CacheOutcome['results']): Promise<CacheOutcome> {
  await once(process, 'beforeExit');
  return { results, failure: 'its promise is pending, and nothing is left that could settle it' };
}

/** Resolves when all events have taken so long that the process is about to be killed. */
async function overTime(results: CacheOutcome['results']): Promise<CacheOutcome> {
  const limit = timeout * MARGIN;
  await setTimeout(limit, undefined, { ref: false });
  return { results, failure: `it took longer than ${limit / 1000} seconds` };
}

/** Makes the cache, whatever the function does. */
async function main(): Promise<void> {
  Object.assign(vm, { Script: KeptScript });
  installAwsLambda();
  const results: CacheOutcome['results'][number][] = [];
  const outcome = await Promise.race([run(results), nothingPending(results), overTime(results)]);
  keep({ ...outcome, finished: true }, () => process.exit());
}

// Errors that nobody awaits, such as that of a connection, are not the build's business.
process.on('uncaughtException', () => undefined);
process.on('unhandledRejection', () => undefined);
void main();

import { pathToFileURL } from 'node:url';
import { watchResults } from '../../../application/http/result-watcher.js';
import { describeError, type LambdaHandler } from '../../../local/invoke/call-function.js';
import { installAwsLambda } from '../../../local/invoke/response-stream.js';
import { describeFunction, invoke, letDebuggerIn, type LoadedFunction } from './loaded-function.js';
import { failureLine, warnOfGatewayResults } from './log-lines.js';
import type { LoadRequest, RuntimeMessage, RuntimeRequest } from './messages.js';

// The process of one function: loads it when it is told to, and calls it with the events that the command sends, as Lambda's
// runtime would. Until then it has loaded what the function imported last time, for that takes the longest.

const [name = '', streaming, preload] = process.argv.slice(2);

/** How long the hooks of a shutdown may take when nobody is there any more to end the process. */
const PATIENCE = 3000;

// Ctrl-C reaches every process of a terminal; the command ends this one when it is time.
process.on('SIGINT', () => undefined);
process.on('unhandledRejection', survive);
process.on('uncaughtException', fail);
process.once('disconnect', () => {
  process.stdout.on('error', () => undefined);
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), PATIENCE);
  process.kill(process.pid, 'SIGTERM');
});

function tell(message: RuntimeMessage): void {
  if (process.connected) process.send!(message);
}

async function take(request: RuntimeRequest): Promise<void> {
  if (request.kind === 'invoke') return invoke(await loading!, request, tell);
  loading = load(request);
  await loading.catch(refuse);
}

async function load({ file, inspector }: LoadRequest): Promise<LoadedFunction> {
  await preloading;
  if (inspector !== undefined) await letDebuggerIn(inspector);
  const { handler } = (await import(pathToFileURL(file).href)) as { readonly handler?: unknown };
  if (typeof handler !== 'function') {
    throw new TypeError(
      `The function "${name}" exports no handler: export const { handler } = await LambdaApplication.create(AppModule).ready();`,
    );
  }
  const description = describeFunction(handler);
  tell({ kind: 'ready', description });
  isLoaded = true;
  return { name, handler: handler as LambdaHandler, streams: description.streams };
}

/** Told when it is written, for then the process is ended. */
function refuse(error: unknown): void {
  const line = failureLine('The function could not be loaded', error);
  process.stdout.write(line, () => tell({ kind: 'failed', error: describeError(error) }));
}

/**
 * On Lambda the process ends, and with it whatever is running then, which may be another invocation. Here requests run
 * side by side, and which one has left the promise is not known: none of them fails for it.
 */
function survive(error: unknown): void {
  const message =
    'A rejection that nobody handles: on Lambda it ends the process, and fails the invocation that is running then. Await the promise, or catch it';
  process.stdout.write(failureLine(message, error));
}

/**
 * After an error that is nobody's the process is not to be trusted: it brings to its end what it has, and takes nothing
 * more.
 */
function fail(error: unknown): void {
  const line = failureLine(
    'An error that nobody catches: on Lambda it ends the process, and fails the invocation that is running then',
    error,
  );
  process.stdout.write(line, () => (isLoaded ? tell({ kind: 'spent' }) : process.exit(1)));
}

if (streaming === 'streaming') installAwsLambda();
watchResults(warnOfGatewayResults((line) => void process.stdout.write(line)));
// What is wrong with it shows when the function is loaded.
const preloading = preload === undefined ? undefined : import(pathToFileURL(preload).href).catch(() => undefined);
let loading: Promise<LoadedFunction> | undefined;
let isLoaded = false;
process.on('message', (request: RuntimeRequest) => void take(request));

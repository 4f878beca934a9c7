import { EventEmitter, once } from 'node:events';
import { pathToFileURL } from 'node:url';
import type { ApplicationPlan } from '../../../application/application-plan.js';
import { descriptionOf } from '../../../application/described-handler.js';
import { watchResults } from '../../../application/http/result-watcher.js';
import { watchPlans } from '../../../application/plan/plan-watcher.js';
import type { ApplicationDescription } from '../../../contracts/application-description.js';
import { describeError } from '../../../local/invoke/function-error.js';
import { installAwsLambda, isHandler } from '../../../local/invoke/response-stream.js';
import { withImportingSource } from '../../project/missing-export.js';
import { describeFunction, invoke, type LoadedFunction, openInspector } from './loaded-function.js';
import { failureLine, warnOfGatewayResults } from './own-lines.js';
import type { LoadRequest, RuntimeMessage, RuntimeRequest, VariablesRequest } from './process-messages.js';

// The process of one function. It loads the function on request and invokes it with the events it receives, as Lambda's
// runtime would. Before that it imports the packages that the function needed last time, the slowest part of a start.

const [name = '', streaming, preload] = process.argv.slice(2);

let loading: Promise<LoadedFunction> | undefined;
let isLoaded = false;
/** The applications of this process, by their root modules. */
const planned = new Map<object, ApplicationDescription>();
/** The number of plans that have been reported. Each waits for its variables. */
let plans = 0;
/** Emits the number of each plan whose variables are set. */
const variablesOfPlans = new EventEmitter();

/** Milliseconds for shutdown hooks if the command has gone and cannot kill this process. */
const SHUTDOWN_TIMEOUT = 3000;

// Ctrl-C reaches every process of the terminal. The command ends this one when its requests are finished.
process.on('SIGINT', () => undefined);
// Without a listener for rejections, an unhandled one comes here, too.
process.on('uncaughtException', drain);
process.once('disconnect', () => {
  process.stdout.on('error', () => undefined);
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), SHUTDOWN_TIMEOUT);
  process.kill(process.pid, 'SIGTERM');
});

function send(message: RuntimeMessage): void {
  if (process.connected) process.send!(message);
}

async function receive(request: RuntimeRequest): Promise<void> {
  if (request.kind === 'invoke') return invoke(await loading!, request, send);
  if (request.kind === 'variables') return setVariables(request);
  loading = load(request);
  await loading.catch(reportFailure);
}

async function load({ file, inspector }: LoadRequest): Promise<LoadedFunction> {
  await preloading;
  if (inspector !== undefined) await openInspector(inspector);
  const { handler } = await importFunction(file);
  if (!isHandler(handler)) {
    throw new TypeError(
      `The function "${name}" exports no handler. ` +
        'Add "export const { handler } = await LambdaApplication.create(AppModule).ready();"',
    );
  }
  // An application that nobody has awaited may not be planned yet.
  const own = planned.size > 0 ? undefined : descriptionOf(handler);
  const description = describeFunction(handler, own ? [own] : [...planned.values()]);
  send({ kind: 'ready', description });
  isLoaded = true;
  return { name, handler };
}

async function importFunction(file: string): Promise<{ readonly handler?: unknown }> {
  try {
    return (await import(pathToFileURL(file).href)) as { readonly handler?: unknown };
  } catch (error) {
    throw withImportingSource(error, process.cwd());
  }
}

/** Tells the command what an application declares, and waits until the variables for that are set. */
async function reportPlan(root: object, { describe }: ApplicationPlan): Promise<void> {
  planned.set(root, await describe!());
  const plan = ++plans;
  const areSet = once(variablesOfPlans, String(plan));
  send({ kind: 'planned', plan, description: describeFunction(undefined, [...planned.values()]) });
  if (process.connected) await areSet;
}

function setVariables({ variables, plan }: VariablesRequest): void {
  for (const [variable, value] of Object.entries(variables)) process.env[variable] ??= value;
  variablesOfPlans.emit(String(plan));
}

/** Reports the failure only after its log line is written, because the command then ends this process. */
function reportFailure(error: unknown): void {
  const line = failureLine('The function could not be loaded', error);
  process.stdout.write(line, () => send({ kind: 'failed', error: describeError(error) }));
}

/**
 * Ends this process as Lambda would, except that its invocations are finished: requests run concurrently here, and
 * nothing says which one the error belongs to.
 */
function drain(error: unknown, origin: NodeJS.UncaughtExceptionOrigin): void {
  const line = failureLine(UNHANDLED[origin], error);
  process.stdout.write(line, () => (isLoaded ? send({ kind: 'draining' }) : process.exit(1)));
}

const ON_LAMBDA = 'on Lambda it ends the process and fails the running invocation';
const UNHANDLED: Readonly<Record<NodeJS.UncaughtExceptionOrigin, string>> = {
  uncaughtException: `Uncaught exception: ${ON_LAMBDA}`,
  unhandledRejection: `Unhandled rejection: ${ON_LAMBDA}. Await or catch the promise`,
};

if (streaming === 'streaming') installAwsLambda();
watchResults(warnOfGatewayResults((line) => void process.stdout.write(line)));
// An error here shows again when the function loads.
const preloading = preload === undefined ? undefined : import(pathToFileURL(preload).href).catch(() => undefined);
watchPlans(reportPlan);
process.on('message', (request: RuntimeRequest) => void receive(request));

import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { stripVTControlCharacters } from 'node:util';
import { LOCAL_FUNCTION } from '../../../local/deliver/invoke-function.js';
import { invokedFunction, refuseInvocation } from '../../../local/invoke/invoke-api.js';
import { forKnownHosts } from '../../../local/refused-requests.js';
import { openTarget, type OpenTarget } from '../../../local/serve.js';
import type { Terminal } from '../../../local/terminal.js';
import { atMost } from '../../../shared/promise.js';
import type { MaybePromise } from '../../../shared/types.js';
import type { DevSettings } from '../dev-settings.js';
import type { FunctionPool } from '../functions/function-pool.js';
import type { LiveFunction } from '../functions/live-function.js';
import type { RecentEvents } from '../log/recent-events.js';
import { functionTarget } from './function-target.js';

export interface FrontServerOptions {
  readonly pool: FunctionPool;
  readonly events: RecentEvents;
  readonly serve: DevSettings['serve'];
  readonly terminal: Terminal;
}

/** Creates the HTTP server of all functions. Requests wait while a function restarts. */
export function frontServer(options: FrontServerOptions): Server {
  const { host, allowedHosts = [] } = options.serve;
  const listener: RequestListener = (request, response) => {
    const name = invokedFunction(request);
    const handled =
      name === undefined ? handleRequest(request, response, options) : handleInvoke(name, request, response, options);
    handled.catch((error: unknown) => {
      options.terminal.error(`${request.method} ${request.url} could not be handled: ${String(error)}`);
      response.destroy();
    });
  };
  return createServer(forKnownHosts({ host, allowedHosts }, listener));
}

/** Passes an HTTP request to the front function. */
async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  options: FrontServerOptions,
): Promise<void> {
  const started = await startOf(options.pool.front(), options);
  if (!started) return unavailable(response, startTimeoutText(options));
  const { fn, error } = started;
  if (error) {
    const text = stripVTControlCharacters(error.message);
    return unavailable(response, `${fn.name} failed to start: ${text}\n\nFix the error and save to restart.`);
  }
  await open(fn, options).gateway.handle(request, response);
}

function unavailable(response: ServerResponse, text: string): void {
  response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '1' });
  response.end(`${text}\n`);
}

/** Handles Lambda's Invoke API for the named function. */
async function handleInvoke(
  encodedName: string,
  request: IncomingMessage,
  response: ServerResponse,
  options: FrontServerOptions,
): Promise<void> {
  const { pool } = options;
  const name = functionName(encodedName);
  if (name === undefined) {
    const text = `Invalid function name "${encodedName}": its percent-encoding is malformed.`;
    return refuseInvocation(response, 400, 'InvalidParameterValueException', text);
  }
  const fn = pool.get(name) ?? (name === LOCAL_FUNCTION ? pool.front() : undefined);
  if (!fn) {
    const text = `Unknown function "${name}". The functions are ${pool.names.join(', ')}.`;
    return refuseInvocation(response, 404, 'ResourceNotFoundException', text);
  }
  const started = await startOf(fn, options);
  if (!started) return refuseInvocation(response, 502, 'ResourceNotReadyException', startTimeoutText(options));
  // Whoever names no function means the one that has a consumer for the event.
  const isNamed = pool.get(name) !== undefined || started.fn.description?.streams === true;
  const target = (event: unknown) => (isNamed ? started.fn : (pool.takersOf(event)[0] ?? started.fn));
  await open(started.fn, options, target).invokeApi.handle(request, response);
}

/** The outcome of a function's start. */
interface Start {
  readonly fn: LiveFunction;
  readonly error?: Error;
}

/** Awaits a function's start; `undefined` if that takes longer than the timeout. */
function startOf(wanted: MaybePromise<LiveFunction>, options: FrontServerOptions): Promise<Start | undefined> {
  return atMost(startTimeout(options), outcomeOf(wanted));
}

async function outcomeOf(wanted: MaybePromise<LiveFunction>): Promise<Start> {
  const fn = await wanted;
  return fn.running().then(
    () => ({ fn }),
    (error: Error) => ({ fn, error }),
  );
}

/** Milliseconds that a request waits for a function to start: the same as for its response. */
function startTimeout({ serve }: FrontServerOptions): number {
  return serve.timeout * 1000;
}

function startTimeoutText(options: FrontServerOptions): string {
  return `The function did not start within ${startTimeout(options) / 1000} s.`;
}

/** @param target returns the function that gets an event. */
function open(
  fn: LiveFunction,
  { serve, events, terminal }: FrontServerOptions,
  target: (event: unknown) => LiveFunction = () => fn,
): OpenTarget {
  const streaming = fn.description?.streams === true;
  return openTarget(functionTarget(target, events), { ...serve, streaming }, terminal);
}

const REFERENCE = /^(?:arn:[^:]*:lambda:[^:]*:[^:]*:function:|\d{12}:function:)?([^:]*)/;

/**
 * Returns the name in a function reference: a name, an ARN, or an account id and a name, each with an optional version
 * or alias (Lambda API reference, "Invoke").
 *
 * @param encoded the reference as in the URL's path.
 * @returns `undefined` if it cannot be decoded.
 */
export function functionName(encoded: string): string | undefined {
  try {
    return REFERENCE.exec(decodeURIComponent(encoded))![1]!;
  } catch {
    return undefined;
  }
}

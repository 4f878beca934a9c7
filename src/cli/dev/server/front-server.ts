import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { stripVTControlCharacters } from 'node:util';
import { LOCAL_FUNCTION } from '../../../local/deliver/invoke-function.js';
import { invokedFunction, refuseInvocation } from '../../../local/invoke/invoke-api.js';
import { forKnownHosts } from '../../../local/loopback-server.js';
import { openTarget, type OpenTarget, type ServeOptions } from '../../../local/serve.js';
import type { Terminal } from '../../../local/terminal.js';
import { atMost } from '../../../shared/promise.js';
import type { MaybePromise } from '../../../shared/types.js';
import type { FunctionPool } from '../functions/function-pool.js';
import type { LiveFunction } from '../functions/live-function.js';
import type { RecentEvents } from '../log/recent-events.js';
import { functionTarget } from './function-target.js';

export interface FrontServerOptions {
  readonly pool: FunctionPool;
  readonly events: RecentEvents;
  readonly serve: ServeOptions;
  readonly terminal: Terminal;
}

/** The server of all functions: requests wait while a function restarts. */
export function frontServer(options: FrontServerOptions): Server {
  const { host = 'localhost', allowedHosts = [] } = options.serve;
  const listener: RequestListener = (request, response) => {
    const name = invokedFunction(request);
    const answered =
      name === undefined
        ? answerRequest(request, response, options)
        : answerInvocation(name, request, response, options);
    answered.catch((error: unknown) => {
      options.terminal.error(`${request.method} ${request.url} could not be answered: ${String(error)}`);
      response.destroy();
    });
  };
  return createServer(forKnownHosts({ host, allowedHosts }, listener));
}

async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  options: FrontServerOptions,
): Promise<void> {
  const started = await startOf(options.pool.front(), options);
  if (!started) return refuse(response, tooLate(options));
  const { fn, error } = started;
  if (error)
    return refuse(
      response,
      `${fn.name} does not run: ${stripVTControlCharacters(error.message)}\n\nMend it and save: it starts again with the next change.`,
    );
  await open(fn, options).gateway.handle(request, response);
}

/** Milliseconds that a request waits for a function to start: as long as it would for its answer. */
function patience({ serve: { timeout = 30 } }: FrontServerOptions): number {
  return timeout * 1000;
}

function tooLate(options: FrontServerOptions): string {
  return `The function has not started within ${patience(options) / 1000} s.`;
}

interface Start {
  readonly fn: LiveFunction;
  readonly error?: Error;
}

/** A function when it runs, or why it does not; `undefined` when that takes too long. */
function startOf(wanted: MaybePromise<LiveFunction>, options: FrontServerOptions): Promise<Start | undefined> {
  return atMost(patience(options), outcomeOf(wanted));
}

async function outcomeOf(wanted: MaybePromise<LiveFunction>): Promise<Start> {
  const fn = await wanted;
  return fn.running().then(
    () => ({ fn }),
    (error: Error) => ({ fn, error }),
  );
}

function refuse(response: ServerResponse, text: string): void {
  response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '1' });
  response.end(`${text}\n`);
}

async function answerInvocation(
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  options: FrontServerOptions,
): Promise<void> {
  const { pool } = options;
  const wanted = functionName(name);
  if (wanted === undefined)
    return refuseInvocation(
      response,
      400,
      'InvalidParameterValueException',
      `"${name}" is no name of a function: its percent-encoding is broken.`,
    );
  const fn = pool.get(wanted) ?? (wanted === LOCAL_FUNCTION ? pool.front() : undefined);
  if (!fn)
    return refuseInvocation(
      response,
      404,
      'ResourceNotFoundException',
      `There is no function "${wanted}"; there is ${pool.names.join(', ')}.`,
    );
  const started = await startOf(fn, options);
  if (!started) return refuseInvocation(response, 502, 'ResourceNotReadyException', tooLate(options));
  await open(started.fn, options).invokeApi.handle(request, response);
}

function open(fn: LiveFunction, { serve, events, terminal }: FrontServerOptions): OpenTarget {
  const streaming = fn.description?.streams === true;
  return openTarget(
    functionTarget(() => fn, events),
    { ...serve, streaming },
    terminal,
  );
}

const REFERENCE = /^(?:arn:[^:]*:lambda:[^:]*:[^:]*:function:|\d{12}:function:)?([^:]*)/;

/**
 * The name in what a request to Lambda's API calls a function: its name, its ARN, or its account and name, each with a
 * version behind it or not (the Lambda API reference, "Invoke").
 *
 * @param encoded as the path has it.
 * @returns `undefined` for what can't be decoded.
 */
export function functionName(encoded: string): string | undefined {
  try {
    return REFERENCE.exec(decodeURIComponent(encoded))![1]!;
  } catch {
    return undefined;
  }
}

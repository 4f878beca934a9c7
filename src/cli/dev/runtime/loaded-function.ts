import type { ApplicationDescription } from '../../../contracts/application-description.js';
import { callFunction, callStreaming } from '../../../local/invoke/call-function.js';
import { describeError } from '../../../local/invoke/function-error.js';
import { type ExportedHandler, isStreaming, ResponseStream } from '../../../local/invoke/response-stream.js';
import { pick } from '../../../shared/pick.js';
import { failureLine } from './own-lines.js';
import type { FunctionDescription, Invocation, RuntimeMessage } from './process-messages.js';

/** The function that this process runs. */
export interface LoadedFunction {
  readonly name: string;
  readonly handler: ExportedHandler;
}

/** Calls the function with an event, and sends its result or error. Never rejects. */
export async function invoke(
  { name, handler }: LoadedFunction,
  { id, event, timeout }: Invocation,
  send: (message: RuntimeMessage) => void,
): Promise<void> {
  const context = { timeout, functionName: name, requestId: id };
  try {
    if (isStreaming(handler)) {
      await callStreaming(handler, event, sendingStream(id, send), context);
      send({ kind: 'result', id, result: 'null' });
    } else send({ kind: 'result', id, result: await callFunction(handler, event, context) });
  } catch (error) {
    process.stdout.write(failureLine('The function failed', error, id));
    send({ kind: 'error', id, error: describeError(error) });
  }
}

/** Creates the response stream of an invocation, which sends each chunk as a message. */
function sendingStream(id: string, send: (message: RuntimeMessage) => void): ResponseStream {
  let isFirst = true;
  return new ResponseStream({
    async write(chunk, contentType) {
      send({ kind: 'chunk', id, chunk, contentType: isFirst ? contentType : undefined });
      isFirst = false;
    },
    end: () => undefined,
  });
}

/**
 * Describes a function.
 *
 * @param handler its handler; `undefined` while it is loaded.
 * @param applications those that have been planned; none for a handler of no application.
 */
export function describeFunction(
  handler: object | undefined,
  applications: readonly ApplicationDescription[],
): FunctionDescription {
  return {
    isApplication: applications.length > 0,
    routes: applications.flatMap(({ routes }) =>
      routes.map((route) => pick(route, 'method', 'path', 'handler', 'module', 'guarded')),
    ),
    lazy: applications.flatMap(({ lazy }) => lazy),
    consumers: applications.flatMap(({ consumers }) =>
      consumers.map((consumer) => pick(consumer, 'source', 'criteria', 'via', 'schedule', 'module', 'handler')),
    ),
    requestsVia: applications.flatMap(({ requestsVia }) => requestsVia),
    sends: applications.flatMap(({ sends }) => sends.map((destination) => pick(destination, 'kind', 'name'))),
    buckets: applications.flatMap(({ uses }) => uses.flatMap((use) => (use.kind === 'bucket' ? [use.name] : []))),
    streams: isStreaming(handler),
  };
}

/** Opens a port for a debugger, unless `NODE_OPTIONS` has opened one. Node prints the address to stderr. */
export async function openInspector(port: number): Promise<void> {
  const { open, url } = await import('node:inspector');
  if (url() === undefined) open(port);
}

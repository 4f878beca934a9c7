import { descriptionOf } from '../../../application/described-handler.js';
import type { ApplicationDescription } from '../../../contracts/application-description.js';
import { subscriptionsOf } from '../../../deployment/subscription.js';
import {
  callFunction,
  callStreaming,
  describeError,
  type LambdaHandler,
  type StreamingHandler,
} from '../../../local/invoke/call-function.js';
import { ResponseStream } from '../../../local/invoke/response-stream.js';
import { failureLine } from './log-lines.js';
import type { FunctionDescription, Invocation, RuntimeMessage } from './messages.js';

/** The function of this process. */
export interface LoadedFunction {
  readonly name: string;
  readonly handler: LambdaHandler | StreamingHandler;
  readonly streams: boolean;
}

/** Calls the function with an event, and tells what comes of it. Never rejects. */
export async function invoke(
  loaded: LoadedFunction,
  invocation: Invocation,
  tell: (message: RuntimeMessage) => void,
): Promise<void> {
  const { id } = invocation;
  try {
    tell({
      kind: 'result',
      id,
      result: loaded.streams ? await stream(loaded, invocation, tell) : await call(loaded, invocation),
    });
  } catch (error) {
    process.stdout.write(failureLine('The function failed', error, id));
    tell({ kind: 'error', id, error: describeError(error) });
  }
}

function call({ handler, name }: LoadedFunction, { id, event, timeout }: Invocation): Promise<string> {
  return callFunction(handler as LambdaHandler, event, { timeout, functionName: name, requestId: id });
}

async function stream(
  { handler, name }: LoadedFunction,
  { id, event, timeout }: Invocation,
  tell: (message: RuntimeMessage) => void,
): Promise<string> {
  let begun = false;
  const out = new ResponseStream({
    async write(chunk, contentType) {
      tell({ kind: 'chunk', id, chunk, contentType: begun ? undefined : contentType });
      begun = true;
    },
    end: () => undefined,
  });
  await callStreaming(handler as StreamingHandler, event, out, { timeout, functionName: name, requestId: id });
  return 'null';
}

/** By this mark AWS's runtime knows a streaming handler. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

/** What there is to know of a handler; of one that no application has made that is little. */
export function describeFunction(handler: object): FunctionDescription {
  const {
    routes = [],
    lazy = [],
    consumers = [],
    requestsVia = [],
  } = descriptionOf(handler) ?? ({} as Partial<ApplicationDescription>);
  return {
    routes: routes.map(({ method, path, handler: name }) => ({ method, path, handler: name })),
    lazy,
    queues: subscriptionsOf(consumers, requestsVia).flatMap(({ source, name = '*' }) =>
      source === 'sqs' ? [name] : [],
    ),
    streams: STREAMING in handler,
  };
}

/** Opens the port for a debugger, which Node tells on stderr; unless `NODE_OPTIONS` has opened one. */
export async function letDebuggerIn(port: number): Promise<void> {
  const { open, url } = await import('node:inspector');
  if (url() === undefined) open(port);
}

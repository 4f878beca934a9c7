import { callFunction } from '../../../local/call-function.js';
import { describeError } from '../../../local/function-error.js';
import type { LambdaHandler, StreamingHandler } from '../../../local/handler-of.js';
import { ResponseStream } from '../../../local/response-stream.js';
import { callStreaming } from '../../../local/streamed-invocation.js';
import { failureLine } from './failure-line.js';
import type { Invocation, RuntimeMessage } from './messages.js';

/** The function of this process. */
export interface LoadedFunction {
  readonly name: string;
  readonly handler: LambdaHandler | StreamingHandler;
  readonly streams: boolean;
}

/** Calls the function with an event, and tells what comes of it. Never rejects. */
export async function invoke(loaded: LoadedFunction, invocation: Invocation, tell: (message: RuntimeMessage) => void): Promise<void> {
  const { id } = invocation;
  try {
    tell({ kind: 'result', id, result: loaded.streams ? await stream(loaded, invocation, tell) : await call(loaded, invocation) });
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

import type { Context } from 'aws-lambda';
import type { HandlerOwner } from '../../../local/invoke/handler-target.js';
import type { ResponseStream } from '../../../local/invoke/response-stream.js';
import type { MaybePromise } from '../../../shared/types.js';
import type { LiveFunction } from '../functions/live-function.js';
import type { RecentEvents } from '../log/recent-events.js';
import type { Invocation } from '../runtime/process-messages.js';

/** Adapts a function in another process to the handlers that the emulator calls. */
export function functionTarget(
  functionOf: (event: unknown) => MaybePromise<LiveFunction>,
  events: RecentEvents,
): HandlerOwner {
  const invoke = async (event: unknown, context: Context, stream?: ResponseStream): Promise<unknown> => {
    const invocation = invocationOf(event, context);
    events.add(invocation.id, invocation.event);
    return JSON.parse(await (await functionOf(event)).invoke(invocation, stream));
  };
  return {
    handler: (event: unknown, context) => invoke(event, context),
    streamingHandler: async (event: unknown, stream: ResponseStream, context) => {
      await invoke(event, context, stream);
      stream.end();
    },
  };
}

function invocationOf(event: unknown, context: Context): Invocation {
  return {
    kind: 'invoke',
    id: context.awsRequestId,
    event: JSON.stringify(event),
    timeout: context.getRemainingTimeInMillis(),
  };
}

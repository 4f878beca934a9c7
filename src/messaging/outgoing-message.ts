import { currentEventFields } from '../logging/logger/event-fields.js';
import { traceContext } from '../shared/trace-context.js';
import type { QueueOptions } from './send-options.js';
import type { OutgoingMessage } from './sending/message-sender.js';

/** The trace that messages belong to. */
export interface Trace {
  readonly header: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Returns the trace of the event that is handled. */
export function traceOf(): Trace {
  const header = currentEventFields()?.traceId;
  const { traceparent, tracestate } = traceContext();
  const attributes = { ...(traceparent && { traceparent }), ...(traceparent && tracestate && { tracestate }) };
  return { header: header?.startsWith('Root=') ? header : undefined, attributes };
}

/** The parts of a message beside its text and its options. The trace is left out where there is no room for it. */
interface Surroundings {
  readonly trace: Trace;
  /** The most attributes. */
  readonly most: number;
}

/** Makes the message that is sent of its text and its options. */
export function outgoing(body: string, options: QueueOptions, { trace, most }: Surroundings): OutgoingMessage {
  const { header, attributes: traced } = trace;
  const { type, attributes = {}, groupId, deduplicationId, delay } = options;
  const own = { ...(type !== undefined && { type }), ...attributes };
  const room = most - Object.keys(own).length;
  const all = { ...own, ...Object.fromEntries(Object.entries(traced).slice(0, room)) };
  return { body, type, attributes: all, groupId, deduplicationId, delay, traceHeader: header };
}

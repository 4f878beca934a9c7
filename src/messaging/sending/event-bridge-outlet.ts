import type { EventBridgeClient, PutEventsRequestEntry, PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import type { LazyClient } from './lazy-client.js';
import type { OutgoingMessage, Outlet, OutletLimits, SendOutcome } from './message-sender.js';
import { NO_ANSWER } from './send-batches.js';

export type EventBridgeSdk = Pick<
  typeof import('@aws-sdk/client-eventbridge'),
  'EventBridgeClient' | 'PutEventsCommand'
>;

/** Less than 1 MB for all entries of a request (EventBridge API reference, PutEvents). */
const LIMIT = 1_000_000 - 1;

/** The codes of entries that EventBridge may take later (API reference, PutEventsResultEntry). */
const RETRYABLE = new Set(['InternalFailure', 'InternalException', 'ThrottlingException']);

/** The bus for the events of an application, and the name of their source. */
interface BusTarget {
  readonly busName: string;
  readonly source: string;
}

export function busLimits(source: string): OutletLimits {
  return {
    messageLimit: LIMIT,
    batchLimit: LIMIT,
    sizeOf: ({ body, type = '' }) => [body, type, source].reduce((sum, text) => sum + Buffer.byteLength(text), 0),
  };
}

/** Returns the way into an EventBridge bus. */
export function eventBridgeOutlet(
  { busName, source }: BusTarget,
  service: LazyClient<EventBridgeSdk, EventBridgeClient>,
): Outlet {
  return {
    ...busLimits(source),
    async send(messages, signal) {
      const { sdk, client } = await service.open();
      const entries = messages.map((message) => entryOf(message, busName, source));
      const command = new sdk.PutEventsCommand({ Entries: entries });
      const { Entries = [] } = await client.send(command, signal && { abortSignal: signal });
      return messages.map((_, index) => outcomeOf(Entries[index]));
    },
  };
}

function entryOf({ body, type, traceHeader }: OutgoingMessage, busName: string, source: string): PutEventsRequestEntry {
  return { EventBusName: busName, Source: source, DetailType: type, Detail: body, TraceHeader: traceHeader };
}

function outcomeOf(entry: PutEventsResultEntry | undefined): SendOutcome {
  if (entry?.EventId) return { receipt: { messageId: entry.EventId } };
  if (!entry?.ErrorCode) return { failure: NO_ANSWER };
  const { ErrorCode: code, ErrorMessage: message = code } = entry;
  return { failure: { code, message, mayRetry: RETRYABLE.has(code) } };
}

import type { Settings } from '../../settings/settings.js';
import { brand } from '../../shared/brand.js';
import type { Destination } from '../../shared/destination.js';

/** The value of a message attribute: text, a number, or bytes. */
export type AttributeValue = string | number | Uint8Array;

/** A checked message, as it is sent. */
export interface OutgoingMessage {
  /** The message as JSON text. */
  readonly body: string;
  /** The type by which a queue's consumers are chosen, and the rules of a bus: its `detail-type`. */
  readonly type?: string | undefined;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** Set in FIFO queues and topics, and for fair queues. */
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  /** Seconds until a queue delivers it. */
  readonly delay?: number | undefined;
  /** The X-Ray trace that it belongs to, as in `Root=1-…;Parent=…;Sampled=1`. */
  readonly traceHeader?: string | undefined;
}

/** The outcome of one message in a request. */
export type SendOutcome = { readonly receipt: Receipt } | { readonly failure: SendFailure };

/** The confirmation of AWS for a message that it has taken. */
export interface Receipt {
  /** The id of the message, or of the event on a bus. */
  readonly messageId: string;
  /** Its place in a FIFO queue or topic. */
  readonly sequenceNumber?: string | undefined;
}

/** The reason why a message was not taken. */
export interface SendFailure {
  /** The code of AWS, such as `InternalError`. */
  readonly code: string;
  readonly message: string;
  /** Whether the same message may be taken later. */
  readonly mayRetry: boolean;
}

/** The limits of a queue, a topic or a bus. */
export interface OutletLimits {
  /** The most bytes of one message. */
  readonly messageLimit: number;
  /** The most bytes of a request with several messages. */
  readonly batchLimit: number;
  /** Returns the bytes that count against the limits. */
  sizeOf(message: OutgoingMessage): number;
}

/** Sends messages to one queue, topic or bus. */
export interface Outlet extends OutletLimits {
  /** Keeps large messages elsewhere; `undefined` where they are refused. */
  readonly offload?: Offload | undefined;
  /**
   * Sends up to ten messages in one request.
   *
   * @returns The outcome of each, in their order.
   * @throws The error of AWS or of the connection, if the request as a whole failed.
   */
  send(messages: readonly OutgoingMessage[], signal: AbortSignal | undefined): Promise<readonly SendOutcome[]>;
}

/** The treatment of messages above a threshold. */
export interface Offload {
  /** The largest message, in bytes, that is sent as it is. */
  readonly threshold: number;
  /** The most bytes of a message. */
  readonly limit: number;
  /** Returns the pointer that is sent instead of a message. `send` writes the message before it. */
  pointerTo(message: OutgoingMessage): OutgoingMessage;
}

/** An outlet that keeps large messages elsewhere. */
export interface LargePayloadOutlet extends Outlet {
  close(): Promise<void>;
}

/** The parts of an outlet for large messages. */
export interface LargePayloadParts {
  /** The one that sends the pointers. */
  readonly outlet: Outlet;
  /** Whether it is FIFO. */
  readonly ordered: boolean;
  readonly settings: Settings | undefined;
}

/** A store for large messages: a `PayloadBucket`. */
export interface LargePayloadStore {
  /** The most bytes of a message. */
  readonly maxSize: number;
  /** @throws BootstrapError when it is unknown where that is. */
  before(options: LargePayloadParts): LargePayloadOutlet;
}

/** The target of an outlet: the kind and the name, for a bus the source of its events, and where large messages go. */
export interface OutletTarget extends Destination {
  readonly source?: string;
  readonly largePayloads?: LargePayloadStore;
}

/**
 * Opens queues, topics and buses. In a test, `SentMessages` of `lambent/testing` takes its place.
 */
export abstract class MessageSender {
  /** @throws BootstrapError when it is unknown where the messages go. */
  abstract open(target: OutletTarget): Outlet;
}
brand(MessageSender, 'MessageSender');

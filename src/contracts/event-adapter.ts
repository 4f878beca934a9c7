import type { JsonCodec } from '../http/message/json.js';
import type { RequestSource } from '../http/request/request-source.js';
import type { RenderedResponse } from '../http/response/rendered-response.js';
import type { Via } from '../shared/event-types.js';

export interface DecodeOptions {
  /**
   * A custom domain's base path such as `/v1`, or several: the first that fits is taken off, at a segment's boundary.
   */
  basePath?: string | readonly string[];
}

/** One HTTP event source: `events/<source>/`. `E` is its event, `R` the result that its gateway wants. */
export interface HttpEventAdapter<E = unknown, R = unknown> {
  readonly source: string;
  /** Tells the source by the event's shape; any value may come. */
  detect(event: unknown): event is E;
  decode(event: E, options: DecodeOptions): RequestSource;
  /** The event is at hand, for ALB answers in the mode that the request came in. */
  encode(response: RenderedResponse, event: E): R;
  /** Bytes that the gateway takes for a whole answer. */
  readonly responseLimit: number;
}

/** What a source calls a record when it is told that it failed: text, but on Kafka. */
export type ItemIdentifier = string | { readonly partition: string; readonly offset: number };

/** One record of an event. A source without batches delivers its event as the only record. */
export interface SourceRecord {
  /** As AWS delivered it, for `@Record()`. */
  readonly raw: unknown;
  /** Names the record in log lines: a message id, an event id, a sequence number. */
  readonly id: string;
  /** What the source is told when the record failed; the id unless given. */
  readonly identifier?: ItemIdentifier | undefined;
  /** What consumers are chosen by, as in `{ queue: 'orders' }`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Records of one group are handled in order, and a failure ends the group; `undefined` for no order. */
  readonly group?: string | undefined;
  /**
   * Members of the content that the source leaves out where there is nothing to tell, as in `newImage` of a removal;
   * the empty name is all of it.
   */
  readonly mayLack?: readonly string[] | undefined;
  /** The delivery attempt, from 1, where the source tells. */
  readonly attempt?: number | undefined;
  /** Why nobody can be handed the record: what the event has in its place is none. */
  readonly malformed?: Error | undefined;
  /** In whose messages it came, as its consumer declares it; `undefined` for what Lambda delivered. */
  readonly via?: Via | undefined;
  /** The message that it came in; `undefined` for what Lambda delivered. */
  readonly message?: SourceRecord | undefined;
  /**
   * What the record carries: text as a string, bytes as a Buffer, anything else as the data that it is.
   *
   * @throws Error when it can't be decoded.
   */
  content(): unknown;
}

/** What became of a record. */
export type RecordOutcome =
  | { readonly failed: false; readonly value: unknown }
  | { readonly failed: true; readonly error: unknown };

/** One source of records: `events/<source>/`. `E` is its event. */
export interface RecordAdapter<E = unknown> {
  /** What `context.getType()` says, what decorators name, and what log lines say. */
  readonly source: string;
  /** Whether it delivers batches: these get a log line of their own. */
  readonly batches: boolean;
  /**
   * Whether an error is a no to the caller, rather than a failure. There where somebody waits for the result: only what
   * nobody waits for can be dropped.
   */
  isRefusal?(error: unknown): boolean;
  /**
   * Whether an error is answered to strangers, such as those who sign in through Cognito. With `unhandledErrors:
   * 'respond'` they learn nothing of it.
   */
  readonly showsErrors?: boolean;
  /** Whether an event is of a tumbling window, whose `state` goes from record to record and into the answer. */
  inWindow?(event: E): boolean;
  /** Tells the source by the event's shape; any value may come. */
  detect(event: unknown): event is E;
  decode(event: E): readonly SourceRecord[];
  /**
   * What the source makes its retries from: the result that Lambda is given.
   *
   * @param outcomes One a record, in the order of `records`.
   * @param records As `decode` gave them.
   * @param json For an answer that holds text; `JSON` unless given.
   * @throws The error of a record where the source can't be told of single records: the invocation fails.
   */
  encode(outcomes: readonly RecordOutcome[], records: readonly SourceRecord[], event: E, json?: JsonCodec): unknown;
}

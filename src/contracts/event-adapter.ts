import type { JsonCodec } from '../http/message/json.js';
import type { RequestSource } from '../http/request/request-source.js';
import type { RenderedResponse } from '../http/response/rendered-response.js';
import type { Via } from '../shared/event-types.js';

export interface DecodeOptions {
  /**
   * A custom domain's base path such as `/v1`, or several. The first that matches is removed, at a segment boundary
   * only.
   */
  basePath?: string | readonly string[];
}

/** One source of HTTP requests: `events/<source>.ts`. `E` is its event, `R` the result that its gateway expects. */
export interface HttpEventAdapter<E = unknown, R = unknown> {
  readonly source: string;
  /**
   * Whether an event comes from this source. Called with any value, but what asks an authorizer is told apart before:
   * it is a copy of the request.
   */
  detect(event: unknown): event is E;
  decode(event: E, options: DecodeOptions): RequestSource;
  /** Encodes a response. ALB needs the event, because its responses use the header format of the request. */
  encode(response: RenderedResponse, event: E): R;
  /** The largest whole response that the gateway accepts, in bytes. */
  readonly responseLimit: number;
}

/** The identifier by which a source is told that a record failed: text, except for Kafka. */
export type ItemIdentifier = string | { readonly partition: string; readonly offset: number };

/** One record of an event. A source without batches has its event as the only record. */
export interface SourceRecord {
  /** The record as AWS sent it, for `@Record()`. */
  readonly raw: unknown;
  /** The record's name in log lines: a message id, an event id, a sequence number. */
  readonly id: string;
  /** The identifier for batch item failures. Default: the id. */
  readonly identifier?: ItemIdentifier | undefined;
  /** The attributes by which consumers are chosen, as in `{ queue: 'orders' }`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Records of one group are handled in order, and a failure ends the group; `undefined` for no order. */
  readonly group?: string | undefined;
  /**
   * Members of the content that the source may leave out, such as `newImage` of a removal. The empty name stands for
   * the whole content.
   */
  readonly mayLack?: readonly string[] | undefined;
  /** The delivery attempt, from 1, if the source counts attempts. */
  readonly attempt?: number | undefined;
  /** The reason why the record cannot be handed to a consumer: the event holds something else in its place. */
  readonly malformed?: Error | undefined;
  /** The queue or topic whose messages carried it, as its consumer declares; `undefined` if Lambda delivered it. */
  readonly via?: Via | undefined;
  /** The message that carried it; `undefined` if Lambda delivered it. */
  readonly message?: SourceRecord | undefined;
  /**
   * Returns the record's content: text as a string, bytes as a Buffer, other data as it is.
   *
   * @throws Error if it cannot be decoded.
   */
  content(): unknown;
}

/** Whether a record succeeded, with its result, or failed, with its error. */
export type RecordOutcome =
  | { readonly failed: false; readonly value: unknown }
  | { readonly failed: true; readonly error: unknown };

/** Writes data as JSON, by the rules of responses and with the application's codec. */
export type WriteData = (data: object) => string;

/** One source of records: `events/<source>.ts`. `E` is its event. */
export interface RecordAdapter<E = unknown> {
  /** The name in `context.getType()`, decorators and log lines. */
  readonly source: string;
  /** Whether its events are batches, which get a log line of their own. */
  readonly batches: boolean;
  /** Whether the sender waits for the result: it decides what the result means, and no record is dropped as invalid. */
  readonly awaited?: boolean;
  /** Whether an error means "no" to the sender, rather than a failure. */
  isRefusal?(error: unknown): boolean;
  /**
   * Whether strangers, such as users who sign in through Cognito, see its errors. With `unhandledErrors: 'respond'`,
   * errors that were not meant for them are hidden.
   */
  readonly showsErrors?: boolean;
  /** Whether its result only names failed records. Every other result may hold what consumers returned. */
  readonly namesFailures?: true;
  /** Whether an event is from a tumbling window, whose `state` goes from record to record and into the result. */
  inWindow?(event: E): boolean;
  /** Whether an event comes from this source. Called with any value. */
  detect(event: unknown): event is E;
  decode(event: E): readonly SourceRecord[];
  /**
   * Encodes what a consumer returned for one record, for a source that takes a result for each. The outcome of the
   * record then has it.
   *
   * @throws Error if the source can't take it: the record has failed.
   */
  encodeResult?(value: unknown, write: WriteData): unknown;
  /**
   * Encodes the handler's result, by which the source decides what to retry.
   *
   * @param outcomes One per record, in the order of `records`.
   * @param records As returned by `decode`.
   * @param json For a result that contains JSON text. Default: `JSON`.
   * @throws The error of a record, if failures of single records cannot be reported: the invocation fails.
   */
  encode(outcomes: readonly RecordOutcome[], records: readonly SourceRecord[], event: E, json?: JsonCodec): unknown;
}

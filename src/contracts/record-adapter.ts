/** One record of an event. A source without batches delivers its event as the only record. */
export interface SourceRecord {
  /** As AWS delivered it, for `@Record()`. */
  readonly raw: unknown;
  /** Names the record in log lines: a message id, an event id, a sequence number. */
  readonly id: string;
  /** What consumers are chosen by, as in `{ queue: 'orders' }`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Records of one group are handled in order; a failure ends the group. `undefined` for no order. */
  readonly group: string | undefined;
  /** The delivery attempt, from 1, where the source tells. */
  readonly attempt: number | undefined;
  /**
   * The content, decoded and parsed, for `@Body()`.
   *
   * @throws Error when it can't be decoded.
   */
  content(): unknown;
}

/** What became of a record. */
export type RecordOutcome = { readonly failed: false; readonly value: unknown } | { readonly failed: true; readonly error: unknown };

/** One source of records: `events/<source>/`. `E` is its event. */
export interface RecordAdapter<E = unknown> {
  /** What `context.getType()` says, and the name in log lines. */
  readonly source: string;
  /** Tells the source by the event's shape; any value may come. */
  detect(event: unknown): event is E;
  decode(event: E): readonly SourceRecord[];
  /**
   * What the source makes its retries from: the result that Lambda is given.
   *
   * @param outcomes One a record, in the order of `decode`.
   * @throws The error of a record where the source can't be told of single records: the invocation fails.
   */
  encode(outcomes: readonly RecordOutcome[], event: E): unknown;
}

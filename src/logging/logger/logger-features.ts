/** Features of the option `logger` beside writing lines. It takes winston's options, too. */
export interface LoggerFeatures {
  /**
   * Keeps lines below the level in memory and writes them when their event fails: before its first line at `error` or
   * `critical`. When it succeeds they are dropped. `maxBytes` is for each event, 20,480 by default; the oldest lines
   * give way.
   */
  buffer?: boolean | { maxBytes?: number };
  /** The share of events whose lines below the level are written, 0 to 1. Decided once an event. */
  sampling?: number;
  /**
   * The fields to mask in every line, by name at any depth (`password`) or by path (`customer.card`), case-insensitive.
   * The path of a list item is that of its list.
   */
  redact?: readonly string[];
}

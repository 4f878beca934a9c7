/** The severity of a log line: `critical`, `error`, `warning`, `info` or `debug`. */
export type LogLevel = 'debug' | 'info' | 'warning' | 'error' | 'critical';

/** The levels from verbose to urgent, numbered as winston and syslog (RFC 5424) do: the most severe is 0. */
export const LOG_LEVELS = { debug: 4, info: 3, warning: 2, error: 1, critical: 0 } as const satisfies Record<
  LogLevel,
  number
>;

export function isLogLevel(value: unknown): value is LogLevel {
  return typeof value === 'string' && Object.hasOwn(LOG_LEVELS, value);
}

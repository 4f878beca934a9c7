/** From chatty to urgent. */
export const LOG_LEVELS = ['debug', 'info', 'warning', 'error', 'critical'] as const;

/** How severe a line is: `critical`, `error`, `warning`, `info` or `debug`. */
export type LogLevel = (typeof LOG_LEVELS)[number];

import type { LogLevel } from '../contracts/logger.js';

/** A table for winston, the most severe first as in syslog (RFC 5424). */
export const LOG_LEVELS = { critical: 0, error: 1, warning: 2, info: 3, debug: 4 } as const satisfies Record<LogLevel, number>;

/** Lambda's names, which its log-level filter reads (AWS: "Log-level filtering" of Lambda functions). */
export const LAMBDA_LEVELS: Readonly<Record<LogLevel, string>> = {
  debug: 'DEBUG',
  info: 'INFO',
  warning: 'WARN',
  error: 'ERROR',
  critical: 'FATAL',
};

export function isLogLevel(value: unknown): value is LogLevel {
  return typeof value === 'string' && Object.hasOwn(LOG_LEVELS, value);
}

import {
  either,
  mistakeInArguments,
  mistakeInOptions,
  oneOf,
  type OptionRule,
  wholeNumber,
} from '../errors/check-options.js';
import { isOptions } from '../errors/option-names.js';
import type { RateLimitBy } from './caller.js';

/** The treatment of a request that can't be counted, because the table is throttled, unreachable or slow. */
export type OnStoreError = 'refuse' | 'allow';

const SECONDS = { second: 1, minute: 60, hour: 3600, day: 86_400 } as const;

/** The length of a window: a word, or whole seconds. */
export type RateLimitPeriod = keyof typeof SECONDS | number;

/** Options of `@RateLimit`. */
export interface RateLimitOptions {
  /** The number of requests that each caller may send in a window, 1 or more. */
  readonly limit: number;
  /** The length of the window: `'second'`, `'minute'`, `'hour'`, `'day'`, or whole seconds up to a year. */
  readonly per: RateLimitPeriod;
  /**
   * The way to tell callers apart: `'ip'`, their address as the gateway reports it (IPv6 by /64); `'user'`, the user
   * whom a guard has authenticated; or a function of the context that returns what identifies the caller.
   */
  readonly by: RateLimitBy;
  /**
   * Counts the requests to all routes with this name together, if limit, period and the kind of `by` are the same.
   * Clients see it in the headers. By default, each route counts for itself, by the names of its class and method.
   */
  readonly name?: string;
  /** The treatment of requests while the table can't count. Defaults to the module's. */
  readonly onError?: OnStoreError;
}

export const anOnStoreError: OptionRule = oneOf('refuse', 'allow');

const aPeriod: OptionRule = either(oneOf(...Object.keys(SECONDS)), {
  ...wholeNumber(1, 31_536_000),
  expected: 'a whole number of seconds from 1 to 31536000',
});

const aCaller: OptionRule = {
  expected: "'ip', 'user', or a function of the context",
  accepts: (value) => value === 'ip' || value === 'user' || typeof value === 'function',
};

/** A text that needs no escapes in a structured field (RFC 9651). */
const aName: OptionRule = {
  expected: 'letters, digits and . : _ - / (at most 64)',
  accepts: (value) => typeof value === 'string' && /^[\w.:/-]{1,64}$/.test(value),
};

/** Describes the first mistake in the options of `@RateLimit`; `undefined` if there is none. */
export function mistakeInLimit(options: RateLimitOptions): string | undefined {
  const rules = { limit: wholeNumber(1), per: aPeriod, by: aCaller, name: aName, onError: anOnStoreError };
  const mistake = mistakeInOptions(options, rules, '@RateLimit');
  if (mistake !== undefined || !isOptions(options)) return mistake;
  const { limit, per, by } = options as RateLimitOptions;
  return mistakeInArguments({ limit, per, by }, rules, '@RateLimit');
}

/** Returns the length of a period in seconds. */
export function secondsOf(period: RateLimitPeriod): number {
  return typeof period === 'number' ? period : SECONDS[period];
}

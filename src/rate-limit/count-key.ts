import { createHash } from 'node:crypto';
import { keyText } from '../shared/key-text.js';
import type { RateLimitOptions } from './rate-limit-options.js';

/** Whose requests are counted, and against what. */
export interface CountedRequest {
  /** Tells the limit from every other: its route and its place there, or the name that routes share. */
  readonly subject: readonly (string | number)[];
  readonly limit: number;
  /** Seconds. */
  readonly per: number;
  readonly caller: unknown;
}

/** The decorator whose limit counts a request. */
interface CountingPlace {
  /** As in `OrdersController.create`. */
  readonly route: string;
  /** Tells several decorators of one route apart. */
  readonly place: string;
}

/** Returns what tells a limit from every other. Limits with one name share their counts. */
export function subjectOf({ name, by }: RateLimitOptions, { route, place }: CountingPlace): CountedRequest['subject'] {
  return name === undefined ? [route, place] : [name, typeof by === 'string' ? by : 'function'];
}

/**
 * Returns the key of a count: a hash, which hides the caller, who may be an address, and makes all keys equally long.
 * No caller can make two that collide.
 */
export function countKey({ subject, limit, per, caller }: CountedRequest): string {
  const parts = [process.env['AWS_LAMBDA_FUNCTION_NAME'], subject, limit, per, caller];
  return createHash('sha256').update(keyText(parts)).digest('base64url');
}

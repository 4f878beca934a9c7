import type { Response } from '../http/response/response.js';

/** A limit, and what is left of it. */
export interface LimitState {
  /** Names the limit for clients: ASCII without quotes and backslashes. */
  readonly name: string;
  readonly limit: number;
  /** Seconds. */
  readonly per: number;
  /** How many more requests the window takes. */
  readonly remaining: number;
  /** Seconds until the next window. */
  readonly reset: number;
}

const POLICY = 'ratelimit-policy';
const STATE = 'ratelimit';

/** The headers of limits, as the IETF draft draft-ietf-httpapi-ratelimit-headers-10 defines them. */
export type LimitHeaders = Readonly<Record<typeof POLICY | typeof STATE, string>>;

/**
 * Adds a limit to the headers of a response, after those that are there: a route may have several limits.
 *
 * @returns All of them.
 */
export function addLimit({ headers }: Response, { name, limit, per, remaining, reset }: LimitState): LimitHeaders {
  const added = {
    [POLICY]: listed(headers[POLICY], `"${name}";q=${limit};w=${per}`),
    [STATE]: listed(headers[STATE], `"${name}";r=${remaining};t=${reset}`),
  } as const;
  Object.assign(headers, added);
  return added;
}

function listed(before: string | string[] | undefined, item: string): string {
  return before === undefined ? item : `${[before].flat().join(', ')}, ${item}`;
}

import type { DeployedConsumer } from './demand.js';

/** What is to be said where the answers of an authorizer are kept. */
export interface CacheAdvice {
  readonly text: string;
  /**
   * Its method is declared to answer yes or no, which is about one request; a promise may come to that, or to a policy.
   */
  readonly certain: boolean;
}

/**
 * What to know of the cache of an application's authorizers; `undefined` for one that has none, or answers with
 * policies alone.
 *
 * @param setting How the cache is switched off there.
 */
export function cacheAdvice(consumers: readonly DeployedConsumer[], setting: string): CacheAdvice | undefined {
  const authorizers = consumers.filter(({ source, returns }) => source === 'authorizer' && MAY_BE_YES.has(returns));
  if (authorizers.length === 0) return undefined;
  const certain = authorizers.some(({ returns }) => returns === 'Boolean');
  const names = authorizers.map(({ handler }) => handler).join(', ');
  const when = certain ? 'answers' : 'may answer';
  return {
    certain,
    text: `${names} ${when} true or false, which is about one request: API Gateway holds it against the caller's others until its cache expires. Set ${setting}, or return authorizerPolicy({ … }) for allRoutes(…) or allowedRoutes(…).`,
  };
}

/** Types as the compiler emits them, by name. */
const MAY_BE_YES: ReadonlySet<string | undefined> = new Set(['Boolean', 'Promise', undefined]);

import type { DeployedConsumer } from './subscription.js';

/** A warning for an authorizer whose results are cached. */
export interface CacheAdvice {
  readonly text: string;
  /**
   * Whether a method is declared to return a boolean, which decides about one request. A promise may resolve to a
   * boolean or to a policy.
   */
  readonly certain: boolean;
}

/**
 * Returns what to say about caching the results of an application's authorizers, or `undefined` when it has no
 * authorizers, or they return only policies.
 *
 * @param setting The setting that turns the cache off, as the message should name it.
 */
export function cacheAdvice(consumers: readonly DeployedConsumer[], setting: string): CacheAdvice | undefined {
  const authorizers = consumers.filter(({ source, returns }) => source === 'authorizer' && MAYBE_BOOLEAN.has(returns));
  if (authorizers.length === 0) return undefined;
  const certain = authorizers.some(({ returns }) => returns === 'Boolean');
  const names = authorizers.map(({ handler }) => handler).join(', ');
  const verb = certain ? 'returns' : 'may return';
  return {
    certain,
    text:
      `${names} ${verb} true or false, which decides about one request, but API Gateway applies it to all requests ` +
      `of the caller until its cache expires. Set ${setting}, or return authorizerPolicy({ … }) for allRoutes(…) or ` +
      'allowedRoutes(…).',
  };
}

/** The emitted types, by name, of methods that may return a boolean. */
const MAYBE_BOOLEAN: ReadonlySet<string | undefined> = new Set(['Boolean', 'Promise', undefined]);

import type { CanActivate, ExecutionContext } from '../contracts/pipeline.js';
import { ServiceUnavailableException, TooManyRequestsException } from '../errors/exceptions.js';
import { withoutStack } from '../errors/http-exception.js';
import type { Response } from '../http/response/response.js';
import { currentLogger } from '../logging/logger/current-logger.js';
import { keysOf } from '../metadata/declared-access.js';
import { brand } from '../shared/brand.js';
import { methodName } from '../shared/class-methods.js';
import type { Constructor } from '../shared/types.js';
import { callerOf } from './caller.js';
import { type OnStoreError, type RateLimitOptions, secondsOf } from './rate-limit-options.js';
import { StoreUnavailable } from './rate-limit-store.js';
import { type CountedRequest, subjectOf, type WindowCount, type WindowCounter } from './window-counter.js';

/** Counts each request of a route, and refuses those above the limit with 429. */
export class RateLimitGuard implements CanActivate {
  readonly #routes = new Map<Constructor, Map<unknown, string>>();
  readonly #onError: OnStoreError;

  /** @param place Tells several decorators of one route apart. */
  constructor(
    private readonly limiter: WindowCounter,
    private readonly options: RateLimitOptions,
    private readonly place: string,
  ) {
    this.#onError = options.onError ?? limiter.onError ?? 'refuse';
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { limit, per, by, name } = this.options;
    const route = this.#route(context);
    const caller = await callerOf(by, context, `@RateLimit on ${route}`);
    const subject = subjectOf(this.options, { route, place: this.place });
    const seconds = secondsOf(per);
    const found = await this.#count({ subject, limit, per: seconds, caller }, route);
    if (found === undefined) return true;
    const headers = addLimit(context.response, {
      name: name ?? `${typeof by === 'string' ? by : 'key'}-${typeof per === 'string' ? per : `${per}s`}`,
      limit,
      per: seconds,
      remaining: Math.max(0, limit - found.count),
      reset: found.reset,
    });
    if (found.count > limit) throw tooMany(found, headers);
    return true;
  }

  /** Returns `undefined` for a request that could not be counted but may pass. */
  async #count(request: CountedRequest, route: string): Promise<WindowCount | undefined> {
    try {
      return await this.limiter.count(request);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      const problem = `@RateLimit on ${route} could not count a request: ${error.message}`;
      if (this.#onError === 'refuse') throw unavailable(problem, error);
      currentLogger().error(`${problem}. The request passed, because onError is 'allow'.`);
      return undefined;
    }
  }

  /** Names the route by its class and method. @throws Error if another class of the same name has such a method. */
  #route(context: ExecutionContext): string {
    const [type, method] = [context.getClass(), context.getHandler()];
    const ofClass = this.#routes.get(type) ?? new Map<unknown, string>();
    this.#routes.set(type, ofClass);
    let route = ofClass.get(method);
    if (route !== undefined) return route;
    // Not first the function's own name: decorators of other libraries replace functions.
    const [key = method.name] = keysOf(type, method);
    route = methodName(type, key);
    if (this.options.name === undefined) this.limiter.names.claim(route, type, '@RateLimit');
    ofClass.set(method, route);
    return route;
  }
}

brand(RateLimitGuard, 'RateLimitGuard');

function tooMany({ reset }: WindowCount, headers: LimitHeaders): TooManyRequestsException {
  return withoutStack(
    () =>
      new TooManyRequestsException(`Too many requests. Try again in ${reset} s`, {
        headers: { ...headers, 'retry-after': String(reset) },
      }),
  );
}

function unavailable(errorDetail: string, cause: Error): ServiceUnavailableException {
  return new ServiceUnavailableException('Requests cannot be counted at the moment. Try again shortly', {
    headers: { 'retry-after': '1' },
    errorDetail,
    cause,
  });
}

/** A limit, and what is left of it. */
interface LimitState {
  /** Names the limit for clients: ASCII without quotes and backslashes. */
  readonly name: string;
  readonly limit: number;
  /** Seconds. */
  readonly per: number;
  /** The number of requests that the window still takes. */
  readonly remaining: number;
  /** Seconds until the next window. */
  readonly reset: number;
}

const POLICY = 'ratelimit-policy';
const STATE = 'ratelimit';

/** The headers of limits, as the IETF draft draft-ietf-httpapi-ratelimit-headers-10 defines them. */
type LimitHeaders = Readonly<Record<typeof POLICY | typeof STATE, string>>;

/**
 * Adds a limit to the headers of a response, after those that are there: a route may have several limits.
 *
 * @returns All of them.
 */
function addLimit({ headers }: Response, { name, limit, per, remaining, reset }: LimitState): LimitHeaders {
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

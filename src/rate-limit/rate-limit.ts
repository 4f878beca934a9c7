import { classOrMethod, type ClassOrMethodDecorator } from '../decorators/apply-decorators.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { type ClassMetadata, type MethodMetadata, ownClassMetadata } from '../metadata/class-metadata.js';
import { noteMistake } from '../metadata/mistakes.js';
import type { Constructor } from '../shared/types.js';
import { RateLimitGuard } from './rate-limit-guard.js';
import { mistakeInLimit, type RateLimitOptions } from './rate-limit-options.js';
import { WindowCounter } from './window-counter.js';

/**
 * Limits how many requests each caller may send to a route in a window of time, or to each route of a controller. More
 * of them get 429 with `Retry-After`. Responses have the headers `RateLimit` and `RateLimit-Policy` (IETF draft
 * draft-ietf-httpapi-ratelimit-headers-10).
 *
 * It is a guard, and of several guards the lowest runs first. Several limits on one route all apply. Needs
 * `RateLimitModule`. A wrong option fails the bootstrap.
 */
export function RateLimit(options: RateLimitOptions): ClassOrMethodDecorator {
  return classOrMethod((metadata) => {
    const mistake = mistakeInLimit(options);
    noteMistake(metadata, mistake);
    if (mistake !== undefined) return;
    const { enhancers, api, keeps = [] } = metadata;
    // Routes with one name are to share their count.
    if (options.name === undefined) metadata.keeps = [...keeps, { decorator: '@RateLimit' }];
    enhancers.guards = [...enhancers.guards, guardOf(options, placeIn(metadata))];
    metadata.api = {
      ...api,
      responses: [{ status: 429, description: 'Too many requests.' }, ...(api?.responses ?? [])],
    };
  });
}

/** Names the place of a decorator among those of its class or method: `method 0` is the lowest of a method. */
function placeIn(metadata: ClassMetadata | MethodMetadata): string {
  const below = metadata.enhancers.guards.filter((guard) => (guard as Constructor).prototype instanceof RateLimitGuard);
  return `${'routes' in metadata ? 'method' : 'class'} ${below.length}`;
}

/** Returns a guard class for one decorator, so that the limiter can be injected beside the options. */
function guardOf(options: RateLimitOptions, place: string): Constructor {
  class RouteLimit extends RateLimitGuard {
    constructor(limiter: WindowCounter | undefined) {
      super(limiter ?? refuse(), options, place);
    }
  }
  const metadata = ownClassMetadata(RouteLimit);
  metadata.injectable = {};
  metadata.eventKinds = ['http'];
  metadata.injections.set(0, { token: WindowCounter, optional: true });
  return RouteLimit;
}

function refuse(): never {
  throw new BootstrapError(
    "@RateLimit needs RateLimitModule: add RateLimitModule.forRoot({ store: { table: 'rate-limits' } }) to the " +
      "imports of the root module, or { store: 'memory' } if one execution environment serves everything.",
  );
}

import type { JsonCodec } from '../../http/message/json.js';
import type { CorsPolicy } from '../../http/policies/cors.js';
import type { Request } from '../../http/request/request.js';
import type { AnyRenderedResponse } from '../../http/response/rendered-response.js';
import type { FilterChain } from '../../pipeline/filters.js';
import { addRoute, Router, type RouterOptions } from '../../router/router.js';
import type { HttpMethod } from '../../shared/http-method.js';
import type { MaybePromise } from '../../shared/types.js';
import type { RoutePath } from '../application-plan.js';
import type { ContextTarget } from '../event/event-context.js';
import { versionReader, type VersioningOptions } from '../options/versioning.js';
import { filteredResponse } from './error-response.js';
import type { HttpContext } from './http-context.js';
import type { LazyRoutes } from './lazy-routes.js';
import { UnmatchedRequest } from './unmatched-request.js';

interface HttpRoutesOptions {
  readonly cors: CorsPolicy | undefined;
  readonly versioning: VersioningOptions | undefined;
  readonly router: RouterOptions;
  /** The filters for requests without a route; `undefined` for none. */
  readonly globalFilters: FilterChain | undefined;
  readonly json: JsonCodec;
}

/** Finds the route of a request and runs it; responds to preflight requests. */
export class HttpRoutes {
  readonly #router: Router<Route>;
  readonly #options: HttpRoutesOptions;
  readonly #lazy: LazyRoutes | undefined;
  readonly #unmatched: UnmatchedRequest;
  /** Reads the version of a request from its header; `undefined` without header versioning. */
  readonly #versionOf: ((request: Request) => string | undefined) | undefined;

  constructor(routes: Iterable<Route>, lazy: LazyRoutes | undefined, options: HttpRoutesOptions) {
    this.#options = options;
    this.#router = new Router(options.router);
    this.#lazy = lazy;
    this.#unmatched = new UnmatchedRequest({ hasFilters: options.globalFilters !== undefined, json: options.json });
    this.#versionOf = versionReader(options.versioning);
    for (const route of routes) this.add(route);
  }

  /** @throws BootstrapError if another route has the same method and path. */
  add(route: Route): void {
    const { httpMethod: method, pattern, version, segments } = route;
    addRoute(this.#router, { method, pattern, target: route, version }, segments, ({ name }) => name);
  }

  /** Returns whether a route handles a request, whose path is not malformed. */
  isRouted(request: Request): boolean {
    const { method, path } = request;
    return this.#router.match(method as HttpMethod, path, this.#versionOf?.(request)) !== undefined;
  }

  respond(context: HttpContext): MaybePromise<AnyRenderedResponse> {
    const { request } = context;
    const { method, path } = request;
    const loading = this.#lazy?.load(context);
    if (loading) return this.#respondAfter(loading, context);
    try {
      const preflight = method === 'OPTIONS' ? this.#preflight(context) : undefined;
      if (preflight) return preflight;
      const match = this.#router.match(method as HttpMethod, path, this.#versionOf?.(request));
      if (!match) return this.#respondUnmatched(context);
      const { target } = match;
      request.params = match.params;
      context.target = target;
      context.cors = target.cors;
    } catch (error) {
      return this.#filter(error, context);
    }
    // Not in the `try`: the route applies its filters itself, the global ones included.
    return (context.target as Route).respond(context);
  }

  #respondAfter(loading: Promise<unknown>, context: HttpContext): Promise<AnyRenderedResponse> {
    return loading.then(() => this.respond(context));
  }

  #preflight(context: HttpContext): AnyRenderedResponse | undefined {
    const { request } = context;
    const wanted = request.header('access-control-request-method');
    if (wanted === undefined) return undefined;
    // Set in any case: a route without CORS has no CORS headers in its response to OPTIONS either.
    const target = this.#router.match(
      wanted.toUpperCase() as HttpMethod,
      request.path,
      this.#versionOf?.(request),
    )?.target;
    context.target = target;
    context.cors = target ? target.cors : this.#corsAt(request.path);
    return context.cors?.preflight(request, this.#router.allowed(request.path));
  }

  #respondUnmatched(context: HttpContext): MaybePromise<AnyRenderedResponse> {
    const { path } = context.request;
    const methods = this.#router.allowed(path);
    // A preflight request without a response has the policy of the route that it asked for.
    if (methods.length > 0 && !context.target) context.cors = this.#corsAt(path);
    return this.#unmatched.respond(context, methods);
  }

  /** Returns the CORS policy of the routes at a path, for methods that none of them has; else the application's. */
  #corsAt(path: string): CorsPolicy | undefined {
    const own = this.#router.targets(path).find(({ corsOfPath }) => corsOfPath !== undefined)?.corsOfPath;
    return own === undefined ? this.#options.cors : own || undefined;
  }

  #filter(error: unknown, context: HttpContext): MaybePromise<AnyRenderedResponse> {
    const { globalFilters } = this.#options;
    if (!globalFilters || context.target) throw error;
    return filteredResponse(globalFilters, error, context, this.#options.json);
  }
}

/** One route, with everything compiled that metadata decides. */
export interface Route extends ContextTarget {
  readonly pattern: string;
  readonly httpMethod: HttpMethod | 'ALL';
  readonly version: string | undefined;
  /** Its path, or several with optional segments. */
  readonly segments: RoutePath['segments'];
  /** Its policy: its own, or the application's. */
  readonly cors: CorsPolicy | undefined;
  /**
   * The policy for methods that no route at its path has: that of the controller, else of the route; `false` for none,
   * `undefined` for the application's.
   */
  readonly corsOfPath: CorsPolicy | false | undefined;
  /** Guards, interceptors, binding, the method, filters, rendering. */
  readonly respond: (context: HttpContext) => MaybePromise<AnyRenderedResponse>;
}

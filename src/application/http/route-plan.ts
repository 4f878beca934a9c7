import type { CorsPolicy } from '../../http/policies/cors.js';
import type { RedirectMetadata } from '../../metadata/class-metadata.js';
import type { RouteSegment } from '../../router/route-segment.js';
import type { HttpMethod } from '../../shared/http-method.js';
import type { MethodPlan } from '../method/method-plan.js';

/** A controller method with its routes. */
export interface RoutePlan {
  readonly method: MethodPlan;
  readonly paths: readonly RoutePath[];
  readonly statusCode?: number;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly redirect?: RedirectMetadata;
  /** Of the method, else of the controller; `false` for none, `undefined` for the application's. */
  readonly cors?: (() => CorsPolicy) | false;
  /** For methods that no route at the path has: of the controller, else of the method. */
  readonly corsOfPath?: (() => CorsPolicy) | false;
}

/** One HTTP method and path of a controller method. */
export interface RoutePath {
  readonly httpMethod: HttpMethod | 'ALL';
  readonly pattern: string;
  /** The version in a header; a version in the path is part of the pattern. */
  readonly version?: string;
  /** The segments of the pattern; several lists, if some are optional. */
  readonly segments: readonly (readonly RouteSegment[])[];
}

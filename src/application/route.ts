import type { CorsPolicy } from '../http/cors.js';
import type { AnyRenderedResponse } from '../http/rendered-response.js';
import type { HttpMethod } from '../metadata/class-metadata.js';
import type { MaybePromise } from '../shared/types.js';
import type { ContextTarget } from './event-context.js';
import type { HttpContext } from './http-context.js';

/** One method of a controller under one path: everything compiled that metadata could answer. */
export interface Route extends ContextTarget {
  readonly pattern: string;
  readonly httpMethod: HttpMethod | 'ALL';
  readonly version: string | undefined;
  /** `undefined` takes the application's, `false` has none. */
  readonly cors: CorsPolicy | false | undefined;
  /** For methods that nobody answers at its path: what its controller says, else the route itself. */
  readonly corsOfPath: Route['cors'];
  /** Guards, interceptors, binding, the method, filters, rendering. */
  readonly respond: (context: HttpContext) => MaybePromise<AnyRenderedResponse>;
}

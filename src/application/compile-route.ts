import type { CorsPolicy } from '../http/cors.js';
import type { JsonCodec } from '../http/json.js';
import { HttpException } from '../errors/http-exception.js';
import { type ArgumentBinder, compileBinder } from '../binding/bind-arguments.js';
import type { BindingOptions } from '../binding/argument.js';
import type { MethodTarget } from '../binding/parameter.js';
import type { EventScope } from '../modules/event-scope.js';
import { type Provided, provide } from '../modules/resolver.js';
import { compileFilters } from '../pipeline/filters.js';
import { withGuards } from '../pipeline/guards.js';
import { withInterceptors } from '../pipeline/interceptors.js';
import type { Handler } from '../pipeline/pipeline-context.js';
import { renderResult, type ResultOptions } from '../pipeline/render-result.js';
import { attempt, chain } from '../shared/promise.js';
import type { Enhancers } from './enhancers.js';
import type { HttpContext } from './http-context.js';
import type { Route } from './route.js';
import type { RoutePath } from './route-paths.js';

/** What a route is compiled from, beside its path. */
export interface RouteParts {
  readonly target: MethodTarget;
  /** The controller's instance. */
  readonly controller: Provided<object, EventScope>;
  /** In the order in which guards run: global, the controller's, the method's. */
  readonly levels: readonly Enhancers[];
  readonly binding: Omit<BindingOptions, 'pipes'>;
  readonly json: JsonCodec;
  readonly timeout: number | undefined;
  readonly cors: CorsPolicy | false | undefined;
}

/** Makes one closure of everything that happens between finding the route and having its answer. */
export function compileRoute(parts: RouteParts): (path: RoutePath) => Route {
  const { target, cors } = parts;
  const { controller, key } = target;
  const method = (controller.prototype as Record<string | symbol, Route['method']>)[key] as Route['method'];
  const name = `${controller.name}.${String(key)}`;
  const respond = compileRespond(parts, compileHandler(parts));
  return (path) => ({ ...path, name, controller, method, cors, respond });
}

function compileHandler({ target, controller, levels, binding, timeout }: RouteParts): Handler {
  const bind = compileBinder(target, { ...binding, pipes: levels.flatMap(({ pipes }) => pipes) });
  const call = compileCall(target.key, controller, bind);
  const intercepted = withInterceptors(levels.flatMap(({ interceptors }) => interceptors), call);
  const guarded = withGuards(levels.flatMap(({ guards }) => guards), intercepted);
  if (timeout === undefined) return guarded;
  return (context) => {
    context.deadline.limit(timeout);
    return guarded(context);
  };
}

function compileCall(key: string | symbol, controller: Provided<object, EventScope>, bind: ArgumentBinder): Handler {
  type Methods = Record<string | symbol, (...args: readonly unknown[]) => unknown>;
  return (context) =>
    chain(provide(controller, context), (instance) =>
      chain(bind(context), (values) => (instance as Methods)[key]?.(...values)),
    );
}

function compileRespond({ target: { metadata }, levels, json }: RouteParts, handle: Handler): Route['respond'] {
  // From the method outwards, the other way round than everything else.
  const filter = compileFilters(levels.toReversed().flatMap(({ filters }) => filters));
  const { statusCode: status, headers, redirect } = metadata;
  const render = (result: unknown, context: HttpContext, options: Omit<ResultOptions, 'json' | 'injected'>) =>
    renderResult(result, context.request, { ...options, injected: context.injected, json });
  const success = { status, headers, redirect };
  return (context) =>
    attempt(
      () => chain(handle(context), (result) => render(result, context, success)),
      (error) => {
        // Status and headers that were set for a result don't go for an error; filters set their own.
        context.injected = undefined;
        return chain(filter(error, context), (result) => {
          const known = error instanceof HttpException;
          if (known) context.error = error;
          return render(result, context, { status: known ? error.statusCode : 500 });
        });
      },
    );
}

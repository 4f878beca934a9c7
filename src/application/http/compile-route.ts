import { Refusal } from '../../errors/http-exception.js';
import type { JsonCodec } from '../../http/message/json.js';
import type { AnyRenderedResponse } from '../../http/response/rendered-response.js';
import type { Step } from '../../pipeline/pipeline-context.js';
import type { ResultOptions } from '../../pipeline/render-any-result.js';
import { renderResult } from '../../pipeline/render-result.js';
import { methodName } from '../../shared/class-methods.js';
import { attempt, chain, isPromiseLike, native } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import type { RoutePath, RoutePlan } from '../application-plan.js';
import { compileFilterChain, compileSteps, type MethodParts, methodOf } from '../method/method-compiler.js';
import { errorResponse, filteredResponse } from './error-response.js';
import type { HttpContext } from './http-context.js';
import type { Route } from './http-routes.js';
import { resultWatcher } from './result-watcher.js';

/** The parts of a route, except its path. */
export interface RouteParts extends MethodParts {
  readonly plan: RoutePlan;
  readonly json: JsonCodec;
  /** The same without serialization, for plain data. */
  readonly plainJson: JsonCodec;
  readonly cors: Route['cors'];
  readonly corsOfPath: Route['corsOfPath'];
}

/** Compiles everything between the match of a route and its response into one closure. */
export function compileRoute(parts: RouteParts): (path: RoutePath) => Route {
  const { plan, cors, corsOfPath } = parts;
  const { controller } = plan.method;
  const method = methodOf(plan.method);
  const name = methodName(plan.method.controller, plan.method.key);
  const respond = compileRespond(parts, watched(compileSteps(parts), name));
  return ({ httpMethod, pattern, version, segments }) => ({
    httpMethod,
    pattern,
    version,
    segments,
    name,
    controller,
    method,
    cors,
    corsOfPath,
    respond,
  });
}

/** Reports results to `lambent dev`, where it is running. */
function watched(handle: Step, name: string): Step {
  const watch = resultWatcher();
  if (!watch) return handle;
  return (context) =>
    chain(handle(context), (result) => {
      watch(result, name);
      return result;
    });
}

function compileRespond(parts: RouteParts, handle: Step): Route['respond'] {
  const { json, plainJson, plan } = parts;
  const filter = compileFilterChain(parts);
  const { statusCode: status, headers, redirect } = plan;
  const success: ResultOptions = { status, headers, redirect, json };
  // Without filters, a refusal needs no throw.
  const refuse = filter ? raise : refused;
  const render = (result: unknown, context: HttpContext): MaybePromise<AnyRenderedResponse> =>
    result instanceof Refusal
      ? refuse(result, context, result.isPlain ? plainJson : json)
      : renderResult(result, context, success);
  const renderLater = (result: Promise<unknown>, context: HttpContext): Promise<AnyRenderedResponse> =>
    native(result).then((known) => render(known, context));
  const respond: Route['respond'] = (context) => {
    const result = handle(context);
    return isPromiseLike(result) ? renderLater(result, context) : render(result, context);
  };
  return filter
    ? (context) =>
        attempt(
          () => respond(context),
          (error) => filteredResponse(filter, error, context, json),
        )
    : respond;
}

function raise({ error }: Refusal): never {
  throw error;
}

function refused({ error }: Refusal, context: HttpContext, json: JsonCodec): MaybePromise<AnyRenderedResponse> {
  context.error = error;
  return errorResponse(error, context.request, json);
}

import { MethodNotAllowedException, NotFoundException } from '../../errors/exceptions.js';
import { withoutStack } from '../../errors/http-exception.js';
import { errorStatusText } from '../../errors/http-status.js';
import type { JsonCodec } from '../../http/message/json.js';
import { type AnyRenderedResponse, renderJson } from '../../http/response/rendered-response.js';
import { renderText } from '../../pipeline/render-result.js';
import type { HttpMethod } from '../../shared/http-method.js';
import type { MaybePromise } from '../../shared/types.js';
import type { HttpContext } from './http-context.js';

interface UnmatchedOptions {
  /** Whether there are exception filters for requests without a route. */
  readonly hasFilters: boolean;
  readonly json: JsonCodec;
}

/** Responds to requests without a route: 404, 405 with `Allow`, and automatically to OPTIONS (RFC 9110, 9.3.7). */
export class UnmatchedRequest {
  readonly #hasFilters: boolean;
  readonly #notFoundText: string;

  constructor({ hasFilters, json }: UnmatchedOptions) {
    this.#hasFilters = hasFilters;
    this.#notFoundText = json.stringify({ detail: errorStatusText(404) });
  }

  /**
   * @param methods The methods that have a route at the path, with HEAD where there is GET: see `Router.allowed`.
   * @throws MethodNotAllowedException for another method.
   */
  respond({ request }: HttpContext, methods: readonly HttpMethod[]): MaybePromise<AnyRenderedResponse> {
    // The method may have a route of another version.
    if (methods.length === 0 || methods.includes(request.method as HttpMethod)) return this.#notFound();
    const allow = [...new Set([...methods, 'OPTIONS'])].join(', ');
    if (request.method !== 'OPTIONS')
      throw withoutStack(() => new MethodNotAllowedException(undefined, { headers: { allow } }));
    return renderText(null, { statusCode: 204, headers: { allow } }, request);
  }

  /** Creates an exception for filters only: it takes longer than the rest of a 404. */
  #notFound(): AnyRenderedResponse {
    if (this.#hasFilters) throw withoutStack(() => new NotFoundException());
    return renderJson(this.#notFoundText, 404);
  }
}

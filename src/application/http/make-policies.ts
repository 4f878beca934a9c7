import { addVary } from '../../http/message/headers.js';
import type { CompressionOptions } from '../../http/policies/compression-options.js';
import { compress } from '../../http/policies/compression.js';
import { type CorsPolicy, corsPolicy } from '../../http/policies/cors.js';
import { type SecurityHeaders, securityHeaders } from '../../http/policies/security-headers.js';
import type { Request } from '../../http/request/request.js';
import { notModified, withEtag } from '../../http/response/not-modified.js';
import type { AnyRenderedResponse } from '../../http/response/rendered-response.js';
import { chain } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import type { ApplicationOptions } from '../options/application-options.js';

/** The headers and transformations that an application's options add to every response. */
export interface ResponsePolicies {
  readonly cors?: CorsPolicy | undefined;
  readonly securityHeaders?: SecurityHeaders | undefined;
  /** Adds an entity tag, responds with 304, and compresses. */
  readonly transform?:
    | ((rendered: AnyRenderedResponse, request: Request) => MaybePromise<AnyRenderedResponse>)
    | undefined;
}

/** Makes policies of options that were checked. One module for all: an application mostly has several of them. */
export function makePolicies(options: ApplicationOptions): ResponsePolicies {
  return {
    cors: options.cors ? corsPolicy(options.cors) : undefined,
    securityHeaders: options.securityHeaders ? securityHeaders(options.securityHeaders) : undefined,
    transform: transformOf(options),
  };
}

function transformOf({ etag, compression }: ApplicationOptions): ResponsePolicies['transform'] {
  const tag = etag ? validate : undefined;
  const options = compression === true ? {} : compression || undefined;
  if (!options) return tag;
  return (rendered, request) =>
    chain(tag ? tag(rendered, request) : rendered, (validated) => compressed(validated, request, options));
}

function validate(rendered: AnyRenderedResponse, request: Request): MaybePromise<AnyRenderedResponse> {
  return chain(withEtag(request, rendered), (tagged) => notModified(request, tagged));
}

function compressed(
  response: AnyRenderedResponse,
  request: Request,
  options: CompressionOptions,
): MaybePromise<AnyRenderedResponse> {
  // A 304 must carry the `vary` header that the 200 would have (RFC 9110, 15.4.5).
  if (response.statusCode === 304) addVary(response.headers, 'accept-encoding');
  return compress(response, request.header('accept-encoding'), options);
}

import { requireBoolean } from '../../errors/boolean-result.js';
import { addVary, type RenderedHeaders } from '../message/headers.js';
import type { Request } from '../request/request.js';
import type { RenderedResponse } from '../response/rendered-response.js';
import type { CorsOptions } from './cors-options.js';

/** The cross-origin rules of an application or a route (Fetch standard, CORS protocol). */
export interface CorsPolicy {
  /**
   * Returns the response to a preflight, a 204; `undefined` if the request is not a preflight.
   *
   * @param allowedMethods The methods of the routes at this path.
   */
  preflight(request: Request, allowedMethods: readonly string[]): RenderedResponse | undefined;
  /** Adds the CORS headers to any other response. Keeps an allowed origin that is already set. */
  apply(request: Request, headers: RenderedHeaders): void;
}

/** Makes the policy of options that {@link checkCorsOptions} has accepted; `true` allows every origin. */
export function corsPolicy(given: CorsOptions | true): CorsPolicy {
  const options = given === true ? {} : given;
  const allowOrigin = originRule(options);
  return {
    preflight(request, allowedMethods) {
      if (!isPreflight(request)) return undefined;
      const headers: RenderedHeaders = {};
      if (allowOrigin(request, headers)) addPreflightHeaders(headers, request, options, allowedMethods);
      return { statusCode: 204, headers, cookies: [], body: null };
    },
    apply(request, headers) {
      if (headers['access-control-allow-origin'] !== undefined || !allowOrigin(request, headers)) return;
      if (options.exposeHeaders?.length) headers['access-control-expose-headers'] = options.exposeHeaders.join(', ');
    },
  };
}

function isPreflight(request: Request): boolean {
  return (
    request.method === 'OPTIONS' &&
    request.header('origin') !== undefined &&
    request.header('access-control-request-method') !== undefined
  );
}

type OriginRule = (request: Request, headers: RenderedHeaders) => boolean;

/** Writes the origin headers and returns whether the request's origin is allowed. */
function originRule({ origin = '*', credentials = false }: CorsOptions): OriginRule {
  if (origin === '*') {
    return (_request, headers) => {
      headers['access-control-allow-origin'] = '*';
      return true;
    };
  }
  const isAllowed = originTest(origin);
  return (request, headers) => {
    // Also if the origin is missing or not allowed: a cache must not serve that response to an allowed one.
    addVary(headers, 'origin');
    const from = request.header('origin');
    if (from === undefined || !SERIALIZED_ORIGIN.test(from) || !isAllowed(from)) return false;
    headers['access-control-allow-origin'] = from;
    if (credentials) headers['access-control-allow-credentials'] = 'true';
    return true;
  };
}

// The origin is copied into a header and matched by the application's patterns. A host name has at most 253 characters.
const SERIALIZED_ORIGIN = /^[\x21-\x7e]{1,512}$/;

/**
 * Returns the test of an origin. It throws a TypeError for a result of the application's function that is no boolean;
 * the response to that error then has no CORS headers.
 */
function originTest(origin: Exclude<CorsOptions['origin'], undefined>): (from: string) => boolean {
  if (origin === true) return () => true;
  if (typeof origin === 'function') return (from) => requireBoolean(origin(from), 'The function cors.origin');
  const tests = [origin].flat().map(singleTest);
  return (from) => tests.some((test) => test(from));
}

function singleTest(origin: string | RegExp): (from: string) => boolean {
  if (typeof origin === 'string') return (from) => from === origin.toLowerCase();
  // With the flags g and y, a RegExp would resume where it last stopped.
  const pattern = new RegExp(origin.source, origin.flags.replace(/[gy]/g, ''));
  return (from) => pattern.test(from);
}

// API Gateway allows 10 kB for all headers of a response.
const MAX_ASKED = 4096;
const TOKENS = /^[\w!#$%&'*+.^`|~, -]*$/;

function addPreflightHeaders(
  headers: RenderedHeaders,
  request: Request,
  options: CorsOptions,
  allowedMethods: readonly string[],
): void {
  // Without routes at the path there are none; the browser then gets the 404.
  const methods = options.allowMethods ?? allowedMethods;
  if (methods.length > 0) headers['access-control-allow-methods'] = methods.join(', ');
  const asked = request.header('access-control-request-headers');
  if (options.allowHeaders === undefined) {
    addVary(headers, 'access-control-request-headers');
    if (asked !== undefined && asked.length <= MAX_ASKED && TOKENS.test(asked))
      headers['access-control-allow-headers'] = asked;
  } else if (options.allowHeaders.length > 0) {
    headers['access-control-allow-headers'] = options.allowHeaders.join(', ');
  }
  if (options.maxAge !== undefined) headers['access-control-max-age'] = String(options.maxAge);
}

import {
  BadRequestException,
  ForbiddenException,
  ServiceUnavailableException,
  UnauthorizedException,
} from '../errors/exceptions.js';
import type { HttpException } from '../errors/http-exception.js';
import { withoutStack } from '../errors/http-exception.js';

// The texts are fixed: what exactly is wrong with a token helps those who forge one, and is in the log.

/** @param challenges What the API accepts, as in `Bearer`. RFC 9110, section 11.6.1. */
export function unauthenticated(challenges: readonly string[]): HttpException {
  const headers = { 'www-authenticate': challenges.join(', ') };
  return withoutStack(
    () => new UnauthorizedException('Authentication is required', challenges.length > 0 ? { headers } : {}),
  );
}

/** RFC 6750, section 3.1: `invalid_token`. @param reason For the log. */
export function invalidToken(reason: string, description = 'The access token is invalid'): HttpException {
  return withoutStack(
    () =>
      new UnauthorizedException(description, {
        headers: { 'www-authenticate': `Bearer error="invalid_token", error_description="${description}"` },
        errorDetail: reason.slice(0, MAX_REASON),
      }),
  );
}

/**
 * The session of a load balancer is not valid. There is no challenge: callers sign in at the load balancer.
 *
 * @param reason For the log.
 */
export function notSignedIn(reason: string, detail = 'Authentication is required'): HttpException {
  return withoutStack(() => new UnauthorizedException(detail, { errorDetail: reason.slice(0, MAX_REASON) }));
}

/** In characters: reasons repeat parts of what callers sent. */
const MAX_REASON = 500;

/** RFC 6750, section 3.1: `invalid_request`, for a header that repeats the token, or has none. */
export function invalidRequest(): HttpException {
  const description = 'The Authorization header must have exactly one Bearer token';
  return withoutStack(
    () =>
      new BadRequestException(description, {
        headers: { 'www-authenticate': `Bearer error="invalid_request", error_description="${description}"` },
      }),
  );
}

/** @param scopes Those that are required, for a caller with a token. RFC 6750, section 3.1: `insufficient_scope`. */
export function insufficientScope(scopes: readonly string[], isBearer: boolean): HttpException {
  const challenge = `Bearer error="insufficient_scope", scope="${scopes.join(' ')}"`;
  return withoutStack(
    () =>
      new ForbiddenException(
        'A required scope is missing',
        isBearer ? { headers: { 'www-authenticate': challenge } } : {},
      ),
  );
}

export function missingRole(): HttpException {
  return withoutStack(() => new ForbiddenException('A required role is missing'));
}

/** The keys of an issuer can't be fetched, which is not the caller's fault. @param seconds Until it is tried again. */
export function keysUnavailable(seconds: number): HttpException {
  return withoutStack(
    () =>
      new ServiceUnavailableException(undefined, {
        headers: { 'retry-after': String(seconds) },
        errorDetail: 'The keys of the token issuer are not available',
      }),
  );
}

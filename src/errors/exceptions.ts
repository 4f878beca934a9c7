import { hasMark, ordinaryHasInstance } from '../shared/brand.js';
import { HttpException, type HttpExceptionOptions } from './http-exception.js';

type StatusException = new (detail?: unknown, options?: HttpExceptionOptions) => HttpException;

/**
 * Makes the parent of one status's class. The parent carries the brand, so that `instanceof` recognises instances of
 * the class across copies of the package. Classes that users derive from it keep the ordinary `instanceof`.
 */
function ofStatus(statusCode: number): StatusException {
  const mark = Symbol.for(`lambent.HttpException.${statusCode}`);
  class OfStatus extends HttpException {
    constructor(detail?: unknown, options?: HttpExceptionOptions) {
      super(statusCode, detail, options);
    }

    static override [Symbol.hasInstance](value: unknown): boolean {
      return Object.getPrototypeOf(this) === OfStatus ? hasMark(value, mark) : ordinaryHasInstance.call(this, value);
    }
  }
  Object.defineProperty(OfStatus.prototype, mark, { value: true });
  return OfStatus;
}

/** 400 Bad Request. */
export class BadRequestException extends ofStatus(400) {}
/** 401 Unauthorized. */
export class UnauthorizedException extends ofStatus(401) {}
/** 402 Payment Required. */
export class PaymentRequiredException extends ofStatus(402) {}
/** 403 Forbidden. */
export class ForbiddenException extends ofStatus(403) {}
/** 404 Not Found. */
export class NotFoundException extends ofStatus(404) {}
/** 405 Method Not Allowed. */
export class MethodNotAllowedException extends ofStatus(405) {}
/** 406 Not Acceptable. */
export class NotAcceptableException extends ofStatus(406) {}
/** 407 Proxy Authentication Required. */
export class ProxyAuthenticationRequiredException extends ofStatus(407) {}
/** 408 Request Timeout. */
export class RequestTimeoutException extends ofStatus(408) {}
/** 409 Conflict. */
export class ConflictException extends ofStatus(409) {}
/** 410 Gone. */
export class GoneException extends ofStatus(410) {}
/** 411 Length Required. */
export class LengthRequiredException extends ofStatus(411) {}
/** 412 Precondition Failed. */
export class PreconditionFailedException extends ofStatus(412) {}
/** 413 Payload Too Large. */
export class PayloadTooLargeException extends ofStatus(413) {}
/** 414 URI Too Long. */
export class UriTooLongException extends ofStatus(414) {}
/** 415 Unsupported Media Type. */
export class UnsupportedMediaTypeException extends ofStatus(415) {}
/** 416 Range Not Satisfiable. */
export class RangeNotSatisfiableException extends ofStatus(416) {}
/** 417 Expectation Failed. */
export class ExpectationFailedException extends ofStatus(417) {}
/** 418 I'm a teapot */
export class ImATeapotException extends ofStatus(418) {}
/** 421 Misdirected Request. */
export class MisdirectedException extends ofStatus(421) {}
/** 422 Unprocessable Entity. */
export class UnprocessableEntityException extends ofStatus(422) {}
/** 423 Locked. */
export class LockedException extends ofStatus(423) {}
/** 424 Failed Dependency. */
export class FailedDependencyException extends ofStatus(424) {}
/** 425 Too Early. */
export class TooEarlyException extends ofStatus(425) {}
/** 426 Upgrade Required. */
export class UpgradeRequiredException extends ofStatus(426) {}
/** 428 Precondition Required. */
export class PreconditionRequiredException extends ofStatus(428) {}
/** 429 Too Many Requests. */
export class TooManyRequestsException extends ofStatus(429) {}
/** 431 Request Header Fields Too Large. */
export class RequestHeaderFieldsTooLargeException extends ofStatus(431) {}
/** 451 Unavailable For Legal Reasons. */
export class UnavailableForLegalReasonsException extends ofStatus(451) {}
/** 500 Internal Server Error. */
export class InternalServerErrorException extends ofStatus(500) {}
/** 501 Not Implemented. */
export class NotImplementedException extends ofStatus(501) {}
/** 502 Bad Gateway. */
export class BadGatewayException extends ofStatus(502) {}
/** 503 Service Unavailable. */
export class ServiceUnavailableException extends ofStatus(503) {}
/** 504 Gateway Timeout. */
export class GatewayTimeoutException extends ofStatus(504) {}
/** 505 HTTP Version Not Supported. */
export class HttpVersionNotSupportedException extends ofStatus(505) {}
/** 506 Variant Also Negotiates. */
export class VariantAlsoNegotiatesException extends ofStatus(506) {}
/** 507 Insufficient Storage. */
export class InsufficientStorageException extends ofStatus(507) {}
/** 508 Loop Detected. */
export class LoopDetectedException extends ofStatus(508) {}
/** 511 Network Authentication Required. */
export class NetworkAuthenticationRequiredException extends ofStatus(511) {}

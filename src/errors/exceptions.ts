import { hasMark, ordinaryHasInstance } from '../shared/brand.js';
import { HttpException, type HttpExceptionOptions } from './http-exception.js';
import type { HttpErrorStatus } from './http-statuses.js';

type StatusException = new (detail?: unknown, options?: HttpExceptionOptions) => HttpException;

/**
 * The parent of one status' class. It carries the brand, so that the class below it, which gives the name,
 * is recognised across copies of the package; what users derive from that keeps ordinary `instanceof`.
 */
function ofStatus(statusCode: HttpErrorStatus): StatusException {
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

export class BadRequestException extends ofStatus(400) {}
export class UnauthorizedException extends ofStatus(401) {}
export class PaymentRequiredException extends ofStatus(402) {}
export class ForbiddenException extends ofStatus(403) {}
export class NotFoundException extends ofStatus(404) {}
export class MethodNotAllowedException extends ofStatus(405) {}
export class NotAcceptableException extends ofStatus(406) {}
export class ProxyAuthenticationRequiredException extends ofStatus(407) {}
export class RequestTimeoutException extends ofStatus(408) {}
export class ConflictException extends ofStatus(409) {}
export class GoneException extends ofStatus(410) {}
export class LengthRequiredException extends ofStatus(411) {}
export class PreconditionFailedException extends ofStatus(412) {}
export class PayloadTooLargeException extends ofStatus(413) {}
export class UriTooLongException extends ofStatus(414) {}
export class UnsupportedMediaTypeException extends ofStatus(415) {}
export class RangeNotSatisfiableException extends ofStatus(416) {}
export class ExpectationFailedException extends ofStatus(417) {}
export class ImATeapotException extends ofStatus(418) {}
export class MisdirectedException extends ofStatus(421) {}
export class UnprocessableEntityException extends ofStatus(422) {}
export class LockedException extends ofStatus(423) {}
export class FailedDependencyException extends ofStatus(424) {}
export class TooEarlyException extends ofStatus(425) {}
export class UpgradeRequiredException extends ofStatus(426) {}
export class PreconditionRequiredException extends ofStatus(428) {}
export class TooManyRequestsException extends ofStatus(429) {}
export class RequestHeaderFieldsTooLargeException extends ofStatus(431) {}
export class UnavailableForLegalReasonsException extends ofStatus(451) {}
export class InternalServerErrorException extends ofStatus(500) {}
export class NotImplementedException extends ofStatus(501) {}
export class BadGatewayException extends ofStatus(502) {}
export class ServiceUnavailableException extends ofStatus(503) {}
export class GatewayTimeoutException extends ofStatus(504) {}
export class HttpVersionNotSupportedException extends ofStatus(505) {}
export class VariantAlsoNegotiatesException extends ofStatus(506) {}
export class InsufficientStorageException extends ofStatus(507) {}
export class LoopDetectedException extends ofStatus(508) {}
export class NetworkAuthenticationRequiredException extends ofStatus(511) {}

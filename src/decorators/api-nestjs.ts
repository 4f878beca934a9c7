import type { StandardSchema } from '../contracts/standard-schema.js';
import {
  anObject,
  anyText,
  anything,
  flag,
  mistakeInOptions,
  type OptionRules,
  text,
} from '../errors/check-options.js';
import { HttpStatus } from '../errors/http-status.js';
import type { ApiBodyMetadata, ApiParameterMetadata } from '../metadata/api-metadata.js';
import {
  ApiExclude,
  ApiProperty,
  type ApiPropertyOptions,
  ApiResponse,
  type ApiResponseOptions,
  ApiSecurity,
  type ApiType,
  describeApi,
  withMore,
} from './api.js';
import { applyDecorators, type ClassOrMethodDecorator } from './apply-decorators.js';

// NestJS's names for OpenAPI decorators, built on those of api.ts.

/** Options of the decorators for one status code: those of `@ApiResponse` without `status`. */
export type ApiStatusOptions = Omit<ApiResponseOptions, 'status'>;

/** `@ApiResponse` for one status code. */
export type ApiStatusDecorator = (options?: ApiStatusOptions) => ClassOrMethodDecorator;

const responseOf =
  (status: ApiResponseOptions['status']): ApiStatusDecorator =>
  (options = {}) =>
    ApiResponse(withMore(options, { status }));

/** `@ApiResponse` for the status code 200. */
export const ApiOkResponse = responseOf(HttpStatus.OK);
/** `@ApiResponse` for the status code 201. */
export const ApiCreatedResponse = responseOf(HttpStatus.CREATED);
/** `@ApiResponse` for the status code 202. */
export const ApiAcceptedResponse = responseOf(HttpStatus.ACCEPTED);
/** `@ApiResponse` for the status code 204. */
export const ApiNoContentResponse = responseOf(HttpStatus.NO_CONTENT);
/** `@ApiResponse` for the status code 301. */
export const ApiMovedPermanentlyResponse = responseOf(HttpStatus.MOVED_PERMANENTLY);
/** `@ApiResponse` for the status code 302. */
export const ApiFoundResponse = responseOf(HttpStatus.FOUND);
/** `@ApiResponse` for the status code 400. */
export const ApiBadRequestResponse = responseOf(HttpStatus.BAD_REQUEST);
/** `@ApiResponse` for the status code 401. */
export const ApiUnauthorizedResponse = responseOf(HttpStatus.UNAUTHORIZED);
/** `@ApiResponse` for the status code 402. */
export const ApiPaymentRequiredResponse = responseOf(HttpStatus.PAYMENT_REQUIRED);
/** `@ApiResponse` for the status code 403. */
export const ApiForbiddenResponse = responseOf(HttpStatus.FORBIDDEN);
/** `@ApiResponse` for the status code 404. */
export const ApiNotFoundResponse = responseOf(HttpStatus.NOT_FOUND);
/** `@ApiResponse` for the status code 405. */
export const ApiMethodNotAllowedResponse = responseOf(HttpStatus.METHOD_NOT_ALLOWED);
/** `@ApiResponse` for the status code 406. */
export const ApiNotAcceptableResponse = responseOf(HttpStatus.NOT_ACCEPTABLE);
/** `@ApiResponse` for the status code 408. */
export const ApiRequestTimeoutResponse = responseOf(HttpStatus.REQUEST_TIMEOUT);
/** `@ApiResponse` for the status code 409. */
export const ApiConflictResponse = responseOf(HttpStatus.CONFLICT);
/** `@ApiResponse` for the status code 410. */
export const ApiGoneResponse = responseOf(HttpStatus.GONE);
/** `@ApiResponse` for the status code 412. */
export const ApiPreconditionFailedResponse = responseOf(HttpStatus.PRECONDITION_FAILED);
/** `@ApiResponse` for the status code 413. */
export const ApiPayloadTooLargeResponse = responseOf(HttpStatus.PAYLOAD_TOO_LARGE);
/** `@ApiResponse` for the status code 415. */
export const ApiUnsupportedMediaTypeResponse = responseOf(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
/** `@ApiResponse` for the status code 422. */
export const ApiUnprocessableEntityResponse = responseOf(HttpStatus.UNPROCESSABLE_ENTITY);
/** `@ApiResponse` for the status code 429. */
export const ApiTooManyRequestsResponse = responseOf(HttpStatus.TOO_MANY_REQUESTS);
/** `@ApiResponse` for the status code 500. */
export const ApiInternalServerErrorResponse = responseOf(HttpStatus.INTERNAL_SERVER_ERROR);
/** `@ApiResponse` for the status code 501. */
export const ApiNotImplementedResponse = responseOf(HttpStatus.NOT_IMPLEMENTED);
/** `@ApiResponse` for the status code 502. */
export const ApiBadGatewayResponse = responseOf(HttpStatus.BAD_GATEWAY);
/** `@ApiResponse` for the status code 503. */
export const ApiServiceUnavailableResponse = responseOf(HttpStatus.SERVICE_UNAVAILABLE);
/** `@ApiResponse` for the status code 504. */
export const ApiGatewayTimeoutResponse = responseOf(HttpStatus.GATEWAY_TIMEOUT);
/** `@ApiResponse` for all status codes without a response of their own. */
export const ApiDefaultResponse = responseOf('default');

/** Options of `@ApiParam`, `@ApiQuery` and `@ApiHeader`. */
export interface ApiParameterOptions extends Omit<ApiParameterMetadata, 'in'> {
  type?: ApiType | StandardSchema | string;
}

const parameterIn =
  (place: ApiParameterMetadata['in']) =>
  (options: ApiParameterOptions): ClassOrMethodDecorator =>
    describeApi(
      ({ parameters = [] }) => ({ parameters: [{ ...options, in: place }, ...parameters] }),
      mistakeInOptions(options, PARAMETER, `the options of a parameter in the ${place}`),
    );

const BODY: OptionRules<ApiBodyOptions> = {
  description: anyText,
  required: flag,
  type: anything,
  isArray: flag,
  enum: anything,
  schema: anObject,
  example: anything,
  examples: anObject,
};
const PARAMETER: OptionRules<ApiParameterOptions> = { ...BODY, name: text, deprecated: flag };

/** Documents a path parameter: a description, an example, a narrower type. */
export const ApiParam = parameterIn('path');
/** Documents a query parameter, even one that only a guard or an interceptor reads. */
export const ApiQuery = parameterIn('query');
/** Documents a request header, even one that only a guard or an interceptor reads. */
export const ApiHeader = parameterIn('header');

/** Documents several request headers. */
export function ApiHeaders(headers: readonly ApiParameterOptions[]): ClassOrMethodDecorator {
  return applyDecorators(...headers.toReversed().map((header) => ApiHeader(header)));
}

/** Options of `@ApiBody`. */
export interface ApiBodyOptions extends ApiBodyMetadata {
  type?: ApiType | StandardSchema | string;
}

/** Documents the request body: a description, examples, another schema than that of its class. */
export function ApiBody(body: ApiBodyOptions): ClassOrMethodDecorator {
  return describeApi(() => ({ body }), mistakeInOptions(body, BODY, '@ApiBody'));
}

/** Documents the media types of request bodies, instead of the one the code declares. */
export function ApiConsumes(...consumes: string[]): ClassOrMethodDecorator {
  return describeApi(() => ({ consumes }));
}

/** Documents the media types of successful responses, instead of the one the code declares. */
export function ApiProduces(...produces: string[]): ClassOrMethodDecorator {
  return describeApi(() => ({ produces }));
}

/** Adds schemas of classes that no route uses, for {@link getSchemaPath}. */
export function ApiExtraModels(...models: readonly ApiType[]): ClassOrMethodDecorator {
  return describeApi(({ extraModels = [] }) => ({ extraModels: [...models, ...extraModels] }));
}

/** Returns the path of the schema of a class, for hand-written schemas: `{ $ref: getSchemaPath(Cat) }`. */
export function getSchemaPath(model: string | { readonly name: string }): string {
  return `#/components/schemas/${typeof model === 'string' ? model : model.name}`;
}

/** `@ApiSecurity('bearer')`. */
export const ApiBearerAuth = (name = 'bearer'): ClassOrMethodDecorator => ApiSecurity(name);
/** `@ApiSecurity('basic')`. */
export const ApiBasicAuth = (name = 'basic'): ClassOrMethodDecorator => ApiSecurity(name);
/** `@ApiSecurity('cookie')`. */
export const ApiCookieAuth = (name = 'cookie'): ClassOrMethodDecorator => ApiSecurity(name);
/** `@ApiSecurity('oauth2', scopes)`. */
export const ApiOAuth2 = (scopes: readonly string[], name = 'oauth2'): ClassOrMethodDecorator =>
  ApiSecurity(name, scopes);

/** `@ApiProperty({ required: false })`. */
export const ApiPropertyOptional = (options: ApiPropertyOptions = {}): PropertyDecorator =>
  ApiProperty(withMore(options, { required: false }));
/** `@ApiProperty({ readOnly: true })`. */
export const ApiResponseProperty = (options: ApiPropertyOptions = {}): PropertyDecorator =>
  ApiProperty(withMore(options, { readOnly: true }));

/** `@ApiExclude()` for a property. */
export const ApiHideProperty: () => PropertyDecorator = ApiExclude;
/** `@ApiExclude()` for a controller. */
export const ApiExcludeController: () => ClassDecorator = ApiExclude;
/** `@ApiExclude()` for a route. */
export const ApiExcludeEndpoint: () => MethodDecorator = ApiExclude;

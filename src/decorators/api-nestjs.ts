import type { StandardSchema } from '../contracts/standard-schema.js';
import { anObject, anyText, anything, flag, mistakeInOptions, type Rules, text } from '../errors/check-options.js';
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

// The names of NestJS's decorators for OpenAPI, over the same few mechanisms as those of api.ts.

/** What a decorator for one status takes: all of `@ApiResponse` but the status. */
export type ApiStatusOptions = Omit<ApiResponseOptions, 'status'>;

/** `@ApiResponse` of one status. */
export type ApiStatusDecorator = (options?: ApiStatusOptions) => ClassOrMethodDecorator;

const responseOf =
  (status: ApiResponseOptions['status']): ApiStatusDecorator =>
  (options = {}) =>
    ApiResponse(withMore(options, { status }));

/** `@ApiResponse` of the status 200. */
export const ApiOkResponse = responseOf(HttpStatus.OK);
/** `@ApiResponse` of the status 201. */
export const ApiCreatedResponse = responseOf(HttpStatus.CREATED);
/** `@ApiResponse` of the status 202. */
export const ApiAcceptedResponse = responseOf(HttpStatus.ACCEPTED);
/** `@ApiResponse` of the status 204. */
export const ApiNoContentResponse = responseOf(HttpStatus.NO_CONTENT);
/** `@ApiResponse` of the status 301. */
export const ApiMovedPermanentlyResponse = responseOf(HttpStatus.MOVED_PERMANENTLY);
/** `@ApiResponse` of the status 302. */
export const ApiFoundResponse = responseOf(HttpStatus.FOUND);
/** `@ApiResponse` of the status 400. */
export const ApiBadRequestResponse = responseOf(HttpStatus.BAD_REQUEST);
/** `@ApiResponse` of the status 401. */
export const ApiUnauthorizedResponse = responseOf(HttpStatus.UNAUTHORIZED);
/** `@ApiResponse` of the status 402. */
export const ApiPaymentRequiredResponse = responseOf(HttpStatus.PAYMENT_REQUIRED);
/** `@ApiResponse` of the status 403. */
export const ApiForbiddenResponse = responseOf(HttpStatus.FORBIDDEN);
/** `@ApiResponse` of the status 404. */
export const ApiNotFoundResponse = responseOf(HttpStatus.NOT_FOUND);
/** `@ApiResponse` of the status 405. */
export const ApiMethodNotAllowedResponse = responseOf(HttpStatus.METHOD_NOT_ALLOWED);
/** `@ApiResponse` of the status 406. */
export const ApiNotAcceptableResponse = responseOf(HttpStatus.NOT_ACCEPTABLE);
/** `@ApiResponse` of the status 408. */
export const ApiRequestTimeoutResponse = responseOf(HttpStatus.REQUEST_TIMEOUT);
/** `@ApiResponse` of the status 409. */
export const ApiConflictResponse = responseOf(HttpStatus.CONFLICT);
/** `@ApiResponse` of the status 410. */
export const ApiGoneResponse = responseOf(HttpStatus.GONE);
/** `@ApiResponse` of the status 412. */
export const ApiPreconditionFailedResponse = responseOf(HttpStatus.PRECONDITION_FAILED);
/** `@ApiResponse` of the status 413. */
export const ApiPayloadTooLargeResponse = responseOf(HttpStatus.PAYLOAD_TOO_LARGE);
/** `@ApiResponse` of the status 415. */
export const ApiUnsupportedMediaTypeResponse = responseOf(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
/** `@ApiResponse` of the status 422. */
export const ApiUnprocessableEntityResponse = responseOf(HttpStatus.UNPROCESSABLE_ENTITY);
/** `@ApiResponse` of the status 429. */
export const ApiTooManyRequestsResponse = responseOf(HttpStatus.TOO_MANY_REQUESTS);
/** `@ApiResponse` of the status 500. */
export const ApiInternalServerErrorResponse = responseOf(HttpStatus.INTERNAL_SERVER_ERROR);
/** `@ApiResponse` of the status 501. */
export const ApiNotImplementedResponse = responseOf(HttpStatus.NOT_IMPLEMENTED);
/** `@ApiResponse` of the status 502. */
export const ApiBadGatewayResponse = responseOf(HttpStatus.BAD_GATEWAY);
/** `@ApiResponse` of the status 503. */
export const ApiServiceUnavailableResponse = responseOf(HttpStatus.SERVICE_UNAVAILABLE);
/** `@ApiResponse` of the status 504. */
export const ApiGatewayTimeoutResponse = responseOf(HttpStatus.GATEWAY_TIMEOUT);
/** `@ApiResponse` of every status that is not named. */
export const ApiDefaultResponse = responseOf('default');

/** What `@ApiParam`, `@ApiQuery` and `@ApiHeader` take. */
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

const BODY: Rules<ApiBodyOptions> = {
  description: anyText,
  required: flag,
  type: anything,
  isArray: flag,
  enum: anything,
  schema: anObject,
  example: anything,
  examples: anObject,
};
const PARAMETER: Rules<ApiParameterOptions> = { ...BODY, name: text, deprecated: flag };

/** A parameter of the path: a description, an example, a narrower type. */
export const ApiParam = parameterIn('path');
/** A parameter of the query, also one that only a guard or an interceptor reads. */
export const ApiQuery = parameterIn('query');
/** A header, also one that only a guard or an interceptor reads. */
export const ApiHeader = parameterIn('header');

/** Several headers. */
export function ApiHeaders(headers: readonly ApiParameterOptions[]): ClassOrMethodDecorator {
  return applyDecorators(...headers.toReversed().map((header) => ApiHeader(header)));
}

/** What `@ApiBody` takes. */
export interface ApiBodyOptions extends ApiBodyMetadata {
  type?: ApiType | StandardSchema | string;
}

/** The body: a description, examples, another schema than that of its class. */
export function ApiBody(body: ApiBodyOptions): ClassOrMethodDecorator {
  return describeApi(() => ({ body }), mistakeInOptions(body, BODY, '@ApiBody'));
}

/** Media types of bodies, instead of the one that the code tells. */
export function ApiConsumes(...consumes: string[]): ClassOrMethodDecorator {
  return describeApi(() => ({ consumes }));
}

/** Media types of the successful answer, instead of the one that the code tells. */
export function ApiProduces(...produces: string[]): ClassOrMethodDecorator {
  return describeApi(() => ({ produces }));
}

/** Classes that have a schema though no type names them, for {@link getSchemaPath}. */
export function ApiExtraModels(...models: readonly ApiType[]): ClassOrMethodDecorator {
  return describeApi(({ extraModels = [] }) => ({ extraModels: [...models, ...extraModels] }));
}

/** Where the schema of a class is, for a schema that is written by hand: `{ $ref: getSchemaPath(Cat) }`. */
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

/** `@ApiExclude()` of a property. */
export const ApiHideProperty: () => PropertyDecorator = ApiExclude;
/** `@ApiExclude()` of a class of routes. */
export const ApiExcludeController: () => ClassDecorator = ApiExclude;
/** `@ApiExclude()` of a route. */
export const ApiExcludeEndpoint: () => MethodDecorator = ApiExclude;

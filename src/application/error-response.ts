import { HttpException } from '../errors/http-exception.js';
import { InternalServerErrorException } from '../errors/exceptions.js';
import { JsonResponse } from '../http/json-response.js';

/** The answer of an error that nobody else answered: its detail, and for any error that is none of HTTP's no word of it. */
export function errorResponse(error: unknown): JsonResponse {
  const { statusCode, detail, headers } = error instanceof HttpException ? error : new InternalServerErrorException();
  return new JsonResponse({ detail }, { statusCode, headers });
}

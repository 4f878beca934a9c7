import { InternalServerErrorException } from '../errors/exceptions.js';
import { HttpException } from '../errors/http-exception.js';
import type { JsonCodec } from '../http/json.js';
import { jsonAnswer } from '../http/json-answer.js';
import { renderResponse } from '../http/render-response.js';
import type { AnyRenderedResponse } from '../http/rendered-response.js';
import type { Request } from '../http/request.js';
import { Response } from '../http/response.js';
import type { MaybePromise } from '../shared/types.js';

/** The answer of an error that nobody else answered: its detail, and for any error that is none of HTTP's no word of it. */
export function errorAnswer(error: unknown, request: Request, json: JsonCodec): MaybePromise<AnyRenderedResponse> {
  const { statusCode, detail, headers } = error instanceof HttpException ? error : new InternalServerErrorException();
  const text = json.stringify({ detail });
  for (const _ in headers) {
    return renderResponse(new Response(text, { statusCode, headers, mediaType: 'application/json' }), request);
  }
  return jsonAnswer(text, statusCode);
}

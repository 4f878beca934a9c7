import { InternalServerErrorException } from '../../errors/exceptions.js';
import { HttpException } from '../../errors/http-exception.js';
import { errorStatusText } from '../../errors/http-status.js';
import type { JsonCodec } from '../../http/message/json.js';
import type { Request } from '../../http/request/request.js';
import { renderJson, renderResponse } from '../../http/response/render-response.js';
import type { AnyRenderedResponse } from '../../http/response/rendered-response.js';
import { Response } from '../../http/response/response.js';
import type { MaybePromise } from '../../shared/types.js';

/**
 * The answer of an error that nobody else answered: its detail, and for any error that is none of HTTP's no word of it.
 */
export function errorResponse(error: unknown, request: Request, json: JsonCodec): MaybePromise<AnyRenderedResponse> {
  const { statusCode, detail, headers } = error instanceof HttpException ? error : new InternalServerErrorException();
  const text = fitting(json.stringify({ detail }), statusCode, json);
  for (const _ in headers) {
    return renderResponse(new Response(text, { statusCode, headers, mediaType: 'application/json' }), request);
  }
  return renderJson(text, statusCode);
}

/** Characters: three times as many bytes are below what any gateway takes. A detail may repeat what somebody sent. */
const MAX_LENGTH = 300_000;

/**
 * An error stays the error that it is, though its detail is more than can be sent, or nothing that can; the log has
 * that.
 */
function fitting(text: string, statusCode: number, json: JsonCodec): string {
  return text.length > MAX_LENGTH || text === '{}' ? json.stringify({ detail: errorStatusText(statusCode) }) : text;
}

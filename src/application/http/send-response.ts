import type { HttpEventAdapter } from '../../contracts/event-adapter.js';
import { InternalServerErrorException } from '../../errors/exceptions.js';
import {
  type AnyRenderedResponse,
  collectStream,
  isStreamed,
  type RenderedResponse,
  type ResponseHead,
} from '../../http/response/rendered-response.js';
import type { Access } from '../../logging/access-log/access-log.js';
import { chain } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import type { HttpContext } from './http-context.js';

/** An answer on its way out: what was sent, and what the handler returns. */
export interface SentResponse {
  readonly head: ResponseHead;
  readonly result: unknown;
}

/** One request on its way. */
export interface Exchange {
  readonly adapter: HttpEventAdapter;
  readonly context: HttpContext;
  readonly deliver: SendResponse;
  /** Its line in the access log, as far as it is known. */
  access: Access | undefined;
}

/** Sends an answer: as the handler's result, or into a stream. */
export type SendResponse = (rendered: AnyRenderedResponse, exchange: Exchange) => MaybePromise<SentResponse>;

/**
 * Encodes an answer into the result that the event's gateway wants; a stream is collected first.
 *
 * @throws InternalServerErrorException when the gateway would refuse it for its length, with a 502 that says nothing.
 */
export const sendBuffered: SendResponse = (rendered, exchange) => {
  if (!isStreamed(rendered)) return encode(rendered, exchange);
  const { adapter, context } = exchange;
  return chain(context.deadline.race(collectStream(rendered, adapter.responseLimit)), (whole) =>
    encode(whole, exchange),
  );
};

function encode(rendered: RenderedResponse, { adapter, context }: Exchange): SentResponse {
  const result = adapter.encode(rendered, context.event);
  const { body } = rendered;
  // A UTF-16 code unit is at most 3 bytes of UTF-8 and 6 of escaped JSON: only a long body is worth counting exactly.
  if (body !== null && body.length * 6 > adapter.responseLimit) checkLength(result, adapter);
  return { head: rendered, result };
}

function checkLength(result: unknown, { responseLimit, source }: HttpEventAdapter): void {
  const bytes = Buffer.byteLength(JSON.stringify(result));
  if (bytes <= responseLimit) return;
  throw new InternalServerErrorException(undefined, {
    errorDetail:
      `The answer has ${bytes} bytes as JSON; ${source} takes ${responseLimit}. ` +
      'Answer in pages, hand out a presigned S3 URL, or use streamingHandler.',
  });
}

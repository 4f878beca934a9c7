import { BadRequestException } from '../../errors/exceptions.js';
import type { RenderedResponse } from '../../http/response/rendered-response.js';
import { isJsonObject } from '../../shared/json-values.js';

/** The two members that every source has its request body in. */
export interface BodyEvent {
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

/** The bytes of a request; `''`, which ALB sends for no body, is none. */
export function readBytes(event: BodyEvent): Buffer | null {
  const body = bodyOf(event);
  return body === null ? null : Buffer.from(body, isBase64(event) ? 'base64' : 'utf8');
}

export function readText(event: BodyEvent): string | null {
  const body = bodyOf(event);
  return body !== null && isBase64(event) ? Buffer.from(body, 'base64').toString('utf8') : body;
}

/** AWS sends text only. People who write events by hand put data there: it is the body that its JSON would be. */
function bodyOf({ body }: BodyEvent): string | null {
  if (typeof body === 'string') return body === '' ? null : body;
  return isJsonObject(body) || Array.isArray(body) ? jsonOf(body) : null;
}

function jsonOf(body: object): string {
  try {
    return JSON.stringify(body);
  } catch (cause) {
    throw new BadRequestException('The body of the event can not be written as JSON', {
      cause,
      errorDetail: 'It is nested too deeply, or circular',
    });
  }
}

/** Whether the source has made text of the bytes itself. */
export function isTextBody(event: BodyEvent): boolean {
  return !isBase64(event);
}

/** Only text can have been encoded. */
function isBase64({ body, isBase64Encoded }: BodyEvent): boolean {
  return isBase64Encoded === true && typeof body === 'string';
}

type Body = RenderedResponse['body'];

/** The body as gateways take it: text as it is, bytes base64-encoded, `''` for none. */
export function encodeBody(body: Body): string {
  return isBinary(body) ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64') : (body ?? '');
}

/** Whether the gateway must decode what {@link encodeBody} gives. */
export function isBinary(body: Body): body is Uint8Array {
  return typeof body === 'object' && body !== null;
}

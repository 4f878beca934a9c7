import { BadRequestException } from '../../errors/exceptions.js';
import type { RequestSource } from '../../http/request/request-source.js';
import type { RenderedResponse } from '../../http/response/rendered-response.js';
import { isJsonObject } from '../../shared/json-values.js';

/** The two members that hold the body in the events of every source. */
export interface BodyEvent {
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

/** Reads the body of a request from its event. The HTTP sources extend this. */
export abstract class BodySource<E extends BodyEvent> implements Pick<RequestSource, 'body' | 'isText' | 'text'> {
  constructor(protected readonly event: E) {}

  body(): Buffer | null {
    return readBytes(this.event);
  }

  /** Whether the source has converted the bytes to text itself. */
  isText(): boolean {
    return !isBase64(this.event);
  }

  text(): string | null {
    return readText(this.event);
  }
}

/** Reads the bytes of a body; `null` for none, which ALB sends as `''`. */
export function readBytes(event: BodyEvent): Buffer | null {
  const body = bodyOf(event);
  return body === null ? null : Buffer.from(body, isBase64(event) ? 'base64' : 'utf8');
}

export function readText(event: BodyEvent): string | null {
  const body = bodyOf(event);
  return body !== null && isBase64(event) ? Buffer.from(body, 'base64').toString('utf8') : body;
}

/** AWS sends text only. Hand-written events may hold an object instead: its JSON is the body. */
function bodyOf({ body }: BodyEvent): string | null {
  if (typeof body === 'string') return body === '' ? null : body;
  return isJsonObject(body) || Array.isArray(body) ? jsonOf(body) : null;
}

function jsonOf(body: object): string {
  try {
    return JSON.stringify(body);
  } catch (cause) {
    throw new BadRequestException('The body of the event cannot be written as JSON', {
      cause,
      errorDetail: 'It is nested too deeply, or circular',
    });
  }
}

function isBase64({ body, isBase64Encoded }: BodyEvent): boolean {
  return isBase64Encoded === true && typeof body === 'string';
}

type Body = RenderedResponse['body'];

/** Returns a body as gateways take it: text as it is, bytes in base64, `''` for none. */
export function encodeBody(body: Body): string {
  return isBinary(body) ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64') : (body ?? '');
}

/** Whether the gateway has to decode what {@link encodeBody} returns. */
export function isBinary(body: Body): body is Uint8Array {
  return typeof body === 'object' && body !== null;
}

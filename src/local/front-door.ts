import { isUtf8 } from 'node:buffer';
import type { GatewayAnswer } from './gateway-answer.js';

/** The headers of a request that decide how its body travels, and whether its answer is decoded. */
export interface RequestTraits {
  accept?: string | undefined;
  contentType?: string | undefined;
  contentEncoding?: string | undefined;
}

export interface CarriedBody {
  body: string;
  isBase64Encoded: boolean;
}

/** One of the services that turn HTTP requests into invocations, as far as a client and a function can tell. */
export interface FrontDoor {
  /** As the console names it. */
  readonly title: string;
  /** What the client gets for a function's answer, which has been through JSON. */
  interpret(result: unknown, request?: RequestTraits): GatewayAnswer;
  /** What the client gets when the function throws, times out, or answers more than Lambda carries. */
  readonly functionError: GatewayAnswer;
  /** How long the service waits, where that may be shorter than the function's own timeout. */
  readonly patience?: { readonly milliseconds: number; readonly answer: GatewayAnswer };
  /** Bytes of a request body. */
  readonly bodyLimit: number;
  /** What the client gets for a longer body, or for an event that is more than Lambda carries. */
  readonly tooLarge: GatewayAnswer;
  /** How a body stands in the event. */
  carry(body: Buffer, request: RequestTraits): CarriedBody;
  /** Whether the service passes on what a function streams. */
  readonly streams: boolean;
}

const MEBIBYTE = 1024 * 1024;

/** Bytes of a request body that API Gateway takes (its quota "payload size"). */
export const API_GATEWAY_BODY_LIMIT = 10 * MEBIBYTE;

/** Bytes of the JSON of an event that Lambda takes, and with it all that a Function URL does. */
export const EVENT_LIMIT = 6 * MEBIBYTE;

/** Bytes of the JSON of a result that Lambda takes: 6 MB and room for an envelope. */
export const RESULT_LIMIT = 6 * MEBIBYTE + 100;

/** Bytes of a request body, and of the JSON of an answer, that a load balancer takes. */
export const LOAD_BALANCER_LIMIT = MEBIBYTE;

/** Text where the service takes the body's type for text and it is that, base64 for everything else. */
export function carryBody(body: Buffer, isText: boolean): CarriedBody {
  const asText = isText && isUtf8(body);
  return { body: body.toString(asText ? 'utf8' : 'base64'), isBase64Encoded: !asText };
}

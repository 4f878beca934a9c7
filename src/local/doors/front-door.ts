import { isUtf8 } from 'node:buffer';
import { MEBIBYTE } from '../invoke/call-function.js';

/** The headers of a request that decide how its body travels, and whether its answer is decoded. */
export interface RequestTraits {
  accept?: string | undefined;
  contentType?: string | undefined;
  contentEncoding?: string | undefined;
}

interface CarriedBody {
  body: string;
  isBase64Encoded: boolean;
}

/** One of the services that turn HTTP requests into invocations, as far as a client and a function can tell. */
export interface FrontDoor {
  /** As the console names it. */
  readonly title: string;
  /** What the client gets for a function's answer, which has been through JSON. */
  interpret(result: unknown, request?: RequestTraits): FrontDoorResponse;
  /** What the client gets when the function throws, times out, or answers more than Lambda carries. */
  readonly functionError: FrontDoorResponse;
  /** How long the service waits, where that may be shorter than the function's own timeout. */
  readonly patience?: { readonly milliseconds: number; readonly answer: FrontDoorResponse };
  /** Bytes of a request body. */
  readonly bodyLimit: number;
  /** What the client gets for a longer body, or for an event that is more than Lambda carries. */
  readonly tooLarge: FrontDoorResponse;
  /** How a body stands in the event. */
  carry(body: Buffer, request: RequestTraits): CarriedBody;
  /** Whether the service passes on what a function streams. */
  readonly streams: boolean;
}

/** Bytes of a request body that API Gateway takes (its quota "payload size"). */
export const API_GATEWAY_BODY_LIMIT = 10 * MEBIBYTE;

/** Bytes of a request body, and of the JSON of an answer, that a load balancer takes. */
export const LOAD_BALANCER_LIMIT = MEBIBYTE;

/** Text where the service takes the body's type for text and it is that, base64 for everything else. */
export function carryBody(body: Buffer, isText: boolean): CarriedBody {
  const asText = isText && isUtf8(body);
  return { body: body.toString(asText ? 'utf8' : 'base64'), isBase64Encoded: !asText };
}

/** A header line as it goes over the wire; a repeated header is repeated lines. */
export type HeaderLine = readonly [name: string, value: string];

/** What the client of a front door receives. */
export interface FrontDoorResponse {
  status: number;
  headers: readonly HeaderLine[];
  body: Buffer;
  /** What is wrong with the function's answer, in words, for the console. */
  problem?: string;
}

/** An answer that the front door makes itself. */
export function ownResponse(status: number, contentType: string, body: string): FrontDoorResponse {
  return { status, headers: [['content-type', contentType]], body: Buffer.from(body) };
}

/** The type of a `Content-Type` or of one range of `Accept`, without parameters, lower-case. */
function mediaTypeOf(value: string | undefined): string {
  return value?.split(';')[0]?.trim().toLowerCase() ?? '';
}

/** Whether one of the types, which may have wildcards as `image/*` does, covers the value of a header. */
export function matchesMediaType(types: readonly string[], value: string | undefined): boolean {
  const mediaType = mediaTypeOf(value);
  return types.some((type) => {
    const wanted = type.toLowerCase();
    if (wanted === '*/*' || wanted === mediaType) return true;
    return wanted.endsWith('/*') && mediaType.startsWith(wanted.slice(0, -1));
  });
}

/** The types whose bodies a load balancer puts into the event as text (its guide, "Lambda functions as targets"). */
export const TEXT_TYPES: readonly string[] = [
  'text/*',
  'application/json',
  'application/javascript',
  'application/xml',
];

/** Whether a body of this type is text to HTTP APIs and Function URLs. */
export function isTextType(contentType: string | undefined): boolean {
  return matchesMediaType(TEXT_TYPES, contentType) || /\+(json|xml)$/.test(mediaTypeOf(contentType));
}

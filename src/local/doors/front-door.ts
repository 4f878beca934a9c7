import { isUtf8 } from 'node:buffer';
import { mediaTypeOf } from '../../http/message/media-type.js';

/** An AWS service that turns HTTP requests into invocations, as clients and functions see it. */
export interface FrontDoor {
  /** The name to show on the terminal. */
  readonly title: string;
  /**
   * Converts a function's result to the response that the client receives.
   *
   * @param result The result, parsed from its JSON.
   */
  interpret(result: unknown, request?: RequestTraits): FrontDoorResponse;
  /** The response when the function throws, times out, or returns more than Lambda accepts. */
  readonly functionError: FrontDoorResponse;
  /** The service's own timeout and its response, when it may be shorter than the function's timeout. */
  readonly timeout?: { readonly milliseconds: number; readonly response: FrontDoorResponse };
  /** The limit in bytes of a request body. */
  readonly bodyLimit: number;
  /** The response to a longer body, or to a request whose event is longer than Lambda accepts. */
  readonly tooLarge: FrontDoorResponse;
  /** Encodes a request body for the event. */
  encodeBody(body: Buffer, request: RequestTraits): EventBody;
  /** Whether the service supports response streaming. */
  readonly streams: boolean;
}

/** The request headers that decide how a body is encoded in the event, and whether a response body is decoded. */
export interface RequestTraits {
  accept?: string | undefined;
  contentType?: string | undefined;
  contentEncoding?: string | undefined;
}

interface EventBody {
  body: string;
  isBase64Encoded: boolean;
}

/** A header line on the wire. A repeated header has several lines. */
export type HeaderLine = readonly [name: string, value: string];

/** The response that a client receives. */
export interface FrontDoorResponse {
  status: number;
  headers: readonly HeaderLine[];
  body: Buffer;
  /** The mistake in the function's result, for the terminal. */
  problem?: string;
}

/** Returns a response that the service makes itself. */
export function ownResponse(status: number, contentType: string, body: string): FrontDoorResponse {
  return { status, headers: [['content-type', contentType]], body: Buffer.from(body) };
}

/** The limit in bytes of a request body for API Gateway (its quota "payload size"). */
export const API_GATEWAY_BODY_LIMIT = 10 * 1024 * 1024;

/** The limit in bytes of a request body, and of a result as JSON, for a load balancer. */
export const LOAD_BALANCER_LIMIT = 1024 * 1024;

/** Returns the body as text when the service treats it as text and it is valid UTF-8, otherwise as base64. */
export function textOrBase64(body: Buffer, isText: boolean): EventBody {
  const asText = isText && isUtf8(body);
  return { body: body.toString(asText ? 'utf8' : 'base64'), isBase64Encoded: !asText };
}

/** The types whose bodies a load balancer puts into the event as text (its guide, "Lambda functions as targets"). */
export const TEXT_TYPES: readonly string[] = [
  'text/*',
  'application/json',
  'application/javascript',
  'application/xml',
];

/** Whether HTTP APIs and function URLs treat a body of this type as text. */
export function isTextType(contentType: string | undefined): boolean {
  return matchesMediaType(TEXT_TYPES, contentType) || /\+(json|xml)$/.test(mediaTypeOf(contentType).essence);
}

/** Whether the value of a header matches one of the types, which may have wildcards such as `image/*`. */
export function matchesMediaType(types: readonly string[], value: string | undefined): boolean {
  const { essence } = mediaTypeOf(value);
  return types.some((type) => {
    const pattern = type.toLowerCase();
    if (pattern === '*/*' || pattern === essence) return true;
    return pattern.endsWith('/*') && essence.startsWith(pattern.slice(0, -1));
  });
}

import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { gatewayTime, shortRequestId } from './request.js';

export interface WebSocketSample {
  /** `$connect`, `$disconnect`, `$default` or a route key. Default: `$default`. */
  route?: string;
  /** Text is sent as it is, bytes in base64, anything else as JSON. */
  body?: unknown;
  connectionId?: string;
  /** Of the `$connect` request. */
  headers?: Readonly<Record<string, string>>;
  /** Of the `$connect` request. */
  query?: Readonly<Record<string, string>>;
  /** Default: `a1b2c3d4e5.execute-api.us-east-1.amazonaws.com`. */
  domainName?: string;
  /** Default: `prod`. */
  stage?: string;
}

/** An event of a WebSocket API. It has `headers` only if a connection opens or closes. */
export type WebSocketEvent = APIGatewayProxyWebsocketEventV2 & { headers?: Record<string, string> };

/** Builds an event of a WebSocket API: a message, or the start or end of a connection. */
export function sampleWebSocket(sample: WebSocketSample = {}): WebSocketEvent {
  const { headers, query, body } = sample;
  return {
    ...(headers && { headers: { ...headers } }),
    ...(query && { queryStringParameters: { ...query } }),
    requestContext: requestContext(sample),
    ...(body !== undefined && { body: textOf(body) }),
    isBase64Encoded: body instanceof Uint8Array,
  };
}

function requestContext(sample: WebSocketSample): WebSocketEvent['requestContext'] {
  const { route = '$default', connectionId = shortRequestId(), stage = 'prod' } = sample;
  const now = new Date();
  const requestId = shortRequestId();
  return {
    routeKey: route,
    messageId: shortRequestId(),
    eventType: EVENT_TYPES[route] ?? 'MESSAGE',
    extendedRequestId: requestId,
    requestTime: gatewayTime(now),
    messageDirection: 'IN',
    stage,
    connectedAt: now.getTime() - 1000,
    requestTimeEpoch: now.getTime(),
    requestId,
    domainName: sample.domainName ?? 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
    connectionId,
    apiId: 'a1b2c3d4e5',
  };
}

const EVENT_TYPES: Readonly<Record<string, 'CONNECT' | 'DISCONNECT'>> = {
  $connect: 'CONNECT',
  $disconnect: 'DISCONNECT',
};

function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? Buffer.from(body).toString('base64') : JSON.stringify(body);
}

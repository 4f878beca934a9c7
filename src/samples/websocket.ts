import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { gatewayTime, shortRequestId } from './http/identifiers.js';

export interface WebSocketSample {
  /** `$connect`, `$disconnect`, `$default` or a key of route selection; `$default` unless given. */
  route?: string;
  /** Text as it is, bytes base64-encoded, anything else as JSON. */
  body?: unknown;
  connectionId?: string;
  /** Of the request that connects. */
  headers?: Readonly<Record<string, string>>;
  /** Of the request that connects. */
  query?: Readonly<Record<string, string>>;
  /** `a1b2c3d4e5.execute-api.us-east-1.amazonaws.com` unless given. */
  domainName?: string;
  /** `prod` unless given. */
  stage?: string;
}

/** An event of a WebSocket API; `headers` come with those that begin or end a connection. */
export type WebSocketEvent = APIGatewayProxyWebsocketEventV2 & { headers?: Record<string, string> };

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

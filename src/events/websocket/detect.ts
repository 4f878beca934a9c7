import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { isAuthorizerEvent } from '../is-authorizer-event.js';
import { isRecord } from '../is-record.js';

/** A message of a WebSocket API, or a connection that begins or ends; not the question to its authorizer. */
export function detectWebSocket(event: unknown): event is APIGatewayProxyWebsocketEventV2 {
  if (!isRecord(event) || !isRecord(event['requestContext']) || isAuthorizerEvent(event)) return false;
  const { connectionId, eventType } = event['requestContext'];
  return typeof connectionId === 'string' && typeof eventType === 'string' && EVENT_TYPES.has(eventType);
}

const EVENT_TYPES: ReadonlySet<string> = new Set(['CONNECT', 'MESSAGE', 'DISCONNECT']);

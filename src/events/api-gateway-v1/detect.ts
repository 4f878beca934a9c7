import type { APIGatewayProxyEvent } from 'aws-lambda';
import { isAuthorizerEvent } from '../is-authorizer-event.js';
import { isRecord } from '../is-record.js';

/** Payload 1.0. The request context may be missing in events that people write; a WebSocket's or ALB's is not taken. */
export function detect(event: unknown): event is APIGatewayProxyEvent {
  if (!isRecord(event) || typeof event['httpMethod'] !== 'string' || typeof event['path'] !== 'string') return false;
  const context = event['requestContext'];
  return !(isRecord(context) && (isRecord(context['elb']) || isWebSocket(context))) && !isAuthorizerEvent(event);
}

function isWebSocket(context: Record<string, unknown>): boolean {
  return typeof context['connectionId'] === 'string' && typeof context['eventType'] === 'string';
}

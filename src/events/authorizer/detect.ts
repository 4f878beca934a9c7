import type {
  APIGatewayRequestAuthorizerEvent,
  APIGatewayRequestAuthorizerEventV2,
  APIGatewayTokenAuthorizerEvent,
  AppSyncAuthorizerEvent,
} from 'aws-lambda';
import { isAuthorizerEvent } from '../is-authorizer-event.js';
import { isRecord } from '../is-record.js';

/** A question that is answered with an IAM policy: of a REST API, a WebSocket API, or an HTTP API in format 1.0. */
export type PolicyQuestion = APIGatewayTokenAuthorizerEvent | APIGatewayRequestAuthorizerEvent;

/** A question that is answered with yes or no: of an HTTP API in format 2.0, or of AppSync. */
export type SimpleQuestion = APIGatewayRequestAuthorizerEventV2 | AppSyncAuthorizerEvent;

/** What Lambda authorizers are asked. */
export type AuthorizerEvent = PolicyQuestion | SimpleQuestion;

export function detectAuthorizer(event: unknown): event is AuthorizerEvent {
  if (!isRecord(event)) return false;
  if (event['type'] === 'REQUEST' && isAuthorizerEvent(event)) return true;
  return typeof event['authorizationToken'] === 'string' && (typeof event['methodArn'] === 'string' || isAppSync(event['requestContext']));
}

export function isPolicyQuestion(event: AuthorizerEvent): event is PolicyQuestion {
  return 'methodArn' in event && event.methodArn !== undefined;
}

/** AppSync has no field of its own; of API Gateway's questions none has a token without an ARN. */
function isAppSync(context: unknown): boolean {
  return isRecord(context) && typeof context['apiId'] === 'string';
}

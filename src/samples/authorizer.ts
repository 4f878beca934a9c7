import { randomUUID } from 'node:crypto';
import type {
  APIGatewayRequestAuthorizerEvent,
  APIGatewayRequestAuthorizerEventV2,
  APIGatewayTokenAuthorizerEvent,
  AppSyncAuthorizerEvent,
} from 'aws-lambda';
import { sampleRestApi } from './api-gateway-v1.js';
import type { RequestSample } from './http/request.js';
import { sampleApiGatewayV2 } from './payload-v2.js';

export interface TokenSample {
  /** As the client sends it; `Bearer token` unless given. */
  token?: string;
  /** GET unless given. */
  method?: string;
  /** `/` unless given. */
  path?: string;
}

/** The question to a token authorizer of a REST API, in the stage `prod`. */
export function sampleTokenAuthorizer({
  token = 'Bearer token',
  method = 'GET',
  path = '/',
}: TokenSample = {}): APIGatewayTokenAuthorizerEvent {
  return { type: 'TOKEN', authorizationToken: token, methodArn: arnOf('prod', method, path) };
}

/** The question to a request authorizer of a REST API. */
export function sampleRequestAuthorizer(request: RequestSample = {}): APIGatewayRequestAuthorizerEvent {
  const { isBase64Encoded: _, body: __, ...event } = sampleRestApi(request);
  const { requestContext, httpMethod, path } = event;
  return {
    ...event,
    requestContext: { ...requestContext, authorizer: undefined },
    type: 'REQUEST',
    methodArn: arnOf(requestContext.stage, httpMethod, path),
  };
}

/** The question to an authorizer of an HTTP API in format 2.0; the identity source is the header `authorization`. */
export function sampleAuthorizerV2(request: RequestSample = {}): APIGatewayRequestAuthorizerEventV2 {
  const { isBase64Encoded: _, body: __, ...event } = sampleApiGatewayV2(request);
  const { requestContext, headers, cookies = [], rawPath } = event;
  return {
    ...event,
    type: 'REQUEST',
    routeArn: arnOf(requestContext.stage, requestContext.http.method, rawPath),
    identitySource: headers['authorization'] === undefined ? [] : [headers['authorization']],
    cookies,
    requestContext,
  };
}

/** The question to an authorizer of AppSync. */
export function sampleAppSyncAuthorizer({ token = 'token' }: { token?: string } = {}): AppSyncAuthorizerEvent {
  return {
    authorizationToken: token,
    requestContext: {
      apiId: 'a1b2c3d4e5',
      accountId: '123456789012',
      requestId: randomUUID(),
      queryString: 'query MyQuery { orders { id } }',
      operationName: 'MyQuery',
      variables: {},
    },
    requestHeaders: { authorization: token },
  };
}

function arnOf(stage: string, method: string, path: string): string {
  return `arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/${stage}/${method}${path}`;
}

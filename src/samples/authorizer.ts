import { randomUUID } from 'node:crypto';
import type {
  APIGatewayRequestAuthorizerEvent,
  APIGatewayRequestAuthorizerEventV2,
  APIGatewayTokenAuthorizerEvent,
  AppSyncAuthorizerEvent,
  IoTCustomAuthorizerEvent,
} from 'aws-lambda';
import { sampleRestApi } from './api-gateway-v1.js';
import { sampleApiGatewayV2 } from './api-gateway-v2.js';
import type { RequestSample } from './request.js';

export interface TokenSample {
  /** As the client sends it. Default: `Bearer token`. */
  token?: string;
  /** Default: GET. */
  method?: string;
  /** Default: `/`. */
  path?: string;
}

/** Builds the event of a REST API's token authorizer, in the stage `prod`. */
export function sampleTokenAuthorizer({
  token = 'Bearer token',
  method = 'GET',
  path = '/',
}: TokenSample = {}): APIGatewayTokenAuthorizerEvent {
  return { type: 'TOKEN', authorizationToken: token, methodArn: arnOf('prod', method, path) };
}

/** Builds the event of a REST API's request authorizer. */
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

/** Builds the event of an HTTP API's authorizer in format 2.0; the identity source is the header `authorization`. */
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

/** Builds the event of an AppSync authorizer. */
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

/** The parts of an authorizer event that matter to tests. */
export interface IotAuthorizerSample {
  /** With a token, the signature counts as verified. Default: none. */
  token?: string;
  /** Default: `device-1`. */
  clientId?: string;
  username?: string;
  /** In plain text; the event has it in base64. */
  password?: string;
}

/** Builds the event of an AWS IoT Core custom authorizer, for a connection over MQTT. */
export function sampleIotAuthorizer({
  token,
  clientId = 'device-1',
  username,
  password,
}: IotAuthorizerSample = {}): IoTCustomAuthorizerEvent {
  const mqtt = {
    clientId,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password: Buffer.from(password).toString('base64') }),
  };
  return {
    ...(token !== undefined && { token }),
    signatureVerified: token !== undefined,
    protocols: ['tls', 'mqtt'],
    protocolData: { tls: { serverName: 'a1b2c3d4e5-ats.iot.eu-central-1.amazonaws.com' }, mqtt },
    connectionMetadata: { id: randomUUID() },
  };
}

import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { DecodeOptions, HttpEventAdapter } from '../contracts/event-adapter.js';
import { formatQuery, type QueryPair } from '../http/request/query.js';
import type { RequestSource } from '../http/request/request-source.js';
import type { RenderedResponse } from '../http/response/rendered-response.js';
import { asString, isJsonObject } from '../shared/json-values.js';
import { isWebSocketContext } from './http/event-shapes.js';
import { keepPath, withoutBasePath, withoutStage } from './http/path.js';
import { pairsOf, preferMulti, ValueMapSource } from './http/request-parts.js';
import { encodeBody, isBinary } from './http/response-parts.js';

/** REST APIs, and HTTP APIs with payload format 1.0. */
export const apiGatewayV1: HttpEventAdapter<APIGatewayProxyEvent, APIGatewayProxyResult> = {
  source: 'api-gateway-v1',
  detect,
  decode,
  encode,
  responseLimit: 6 * 1024 * 1024,
};

/** Hand-written events may lack the request context. Events of WebSocket APIs and of ALB have the same members. */
function detect(event: unknown): event is APIGatewayProxyEvent {
  if (!isJsonObject(event) || typeof event['httpMethod'] !== 'string' || typeof event['path'] !== 'string')
    return false;
  const context = event['requestContext'];
  return !isJsonObject(context) || !(isJsonObject(context['elb']) || isWebSocketContext(context));
}

function decode(event: APIGatewayProxyEvent, options: DecodeOptions): RequestSource {
  return new ApiGatewayV1Source(event, event.httpMethod, withoutBasePath(stagelessPath(event), options));
}

/**
 * REST APIs leave the stage out of `path`. HTTP APIs, the only ones to send a `version`, include it when called by
 * their own domain; with a custom domain, the path has the API mapping instead.
 */
function stagelessPath(event: APIGatewayProxyEvent & { version?: unknown }): string {
  const path = keepPath(event.path);
  if (event.version !== '1.0') return path;
  const onOwnDomain = asString(event.requestContext?.domainName)?.includes('.execute-api.');
  return onOwnDomain ? withoutStage(path, event.requestContext.stage) : path;
}

/** API Gateway has decoded the query values in both maps. */
class ApiGatewayV1Source extends ValueMapSource<APIGatewayProxyEvent> {
  get id(): string | undefined {
    return asString(this.event.requestContext?.requestId);
  }

  get ip(): string | undefined {
    return asString(this.event.requestContext?.identity?.sourceIp);
  }

  queryString(): string {
    return formatQuery(this.queryPairs());
  }

  rawQuery(): undefined {
    return undefined;
  }

  queryPairs(): readonly QueryPair[] {
    return pairsOf(preferMulti(this.event.multiValueQueryStringParameters, this.event.queryStringParameters));
  }
}

/**
 * Puts each header into one of the two maps only, because API Gateway sends a header in both twice. Adds no other
 * member: REST APIs respond with 502 to unknown ones, including `cookies`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
function encode({ statusCode, headers, cookies, body }: RenderedResponse): APIGatewayProxyResult {
  const result: APIGatewayProxyResult = { statusCode, body: encodeBody(body), isBase64Encoded: isBinary(body) };
  for (const name in headers) {
    const value = headers[name]!;
    if (Array.isArray(value)) (result.multiValueHeaders ??= {})[name] = value;
    else (result.headers ??= {})[name] = value;
  }
  if (cookies.length > 0) (result.multiValueHeaders ??= {})['set-cookie'] = [...cookies];
  return result;
}

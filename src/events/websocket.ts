import type { APIGatewayProxyStructuredResultV2, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import type { RecordAdapter, RecordOutcome, SourceRecord } from '../contracts/event-adapter.js';
import { asHttpException } from '../errors/as-http-exception.js';
import { describeValue } from '../errors/describe-value.js';
import { ForbiddenException } from '../errors/exceptions.js';
import type { HttpException } from '../errors/http-exception.js';
import { checkedHeaders } from '../http/message/headers.js';
import type { JsonCodec } from '../http/message/json.js';
import { Response } from '../http/response/response.js';
import { asString, isJsonObject } from '../shared/json-values.js';
import { isAuthorizerEvent, isWebSocketContext } from './http/event-shapes.js';
import { readBytes, readText } from './http/request-parts.js';
import { encodeBody, isBinary, joinedHeaders } from './http/response-parts.js';
import { soleResult } from './results/batch-item-failures.js';

/** API Gateway's WebSocket APIs. */
export const webSocket: RecordAdapter<APIGatewayProxyWebsocketEventV2> = {
  source: 'websocket',
  batches: false,
  showsErrors: true,
  awaited: true,
  isRefusal: (error) => (asHttpException(error)?.statusCode ?? 500) < 500,
  detect: detectWebSocket,
  decode: decodeWebSocket,
  encode: encodeWebSocket,
};

/** A message, or a connection that opens or closes; not the event of the API's authorizer. */
function detectWebSocket(event: unknown): event is APIGatewayProxyWebsocketEventV2 {
  if (!isJsonObject(event) || !isJsonObject(event['requestContext']) || isAuthorizerEvent(event)) return false;
  const context = event['requestContext'];
  return isWebSocketContext(context) && EVENT_TYPES.has(context['eventType']);
}

const EVENT_TYPES: ReadonlySet<unknown> = new Set(['CONNECT', 'MESSAGE', 'DISCONNECT']);

/** Returns one record. Opening and closing a connection carry no content. */
function decodeWebSocket(event: APIGatewayProxyWebsocketEventV2): SourceRecord[] {
  const { requestContext, isBase64Encoded } = event;
  const read = isBase64Encoded === true ? readBytes : readText;
  return [
    {
      raw: event,
      id: asString(requestContext.requestId) ?? '',
      attributes: { route: asString(requestContext.routeKey) ?? '' },
      mayLack: requestContext.eventType === 'MESSAGE' ? undefined : NO_MESSAGE,
      content: () => read(event) ?? undefined,
    },
  ];
}

const NO_MESSAGE = [''];

/** The result that API Gateway expects for an event of a WebSocket API. */
export type WebSocketResult = Pick<
  APIGatewayProxyStructuredResultV2,
  'statusCode' | 'headers' | 'body' | 'isBase64Encoded'
>;

/**
 * Encodes the response to the caller, which API Gateway sends if the route has a route response. On `$connect` the
 * status decides: only 200 to 299 opens the connection. There a method may also return `true` or `false`, but no data:
 * no client receives it, so it must be a mistake.
 *
 * @throws The error of the method unless it is an HttpException or has the form of http-errors: the invocation fails
 *   and the caller gets a 500.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
 */
function encodeWebSocket(
  [outcome]: readonly RecordOutcome[],
  _records: readonly SourceRecord[],
  event: APIGatewayProxyWebsocketEventV2,
  json: JsonCodec = JSON,
): WebSocketResult {
  const refused = outcome?.failed ? asHttpException(outcome.error) : undefined;
  if (refused) return refusal(refused, json);
  const value = soleResult(outcome ? [outcome] : []);
  if (value instanceof Response) return rendered(value, json);
  if (hasStatus(value))
    return isJsonObject(value.headers) ? { ...value, ...headersOf(value.headers as Record<string, string>) } : value;
  if (value === undefined || value === null) return { statusCode: 200 };
  if (event.requestContext.eventType === 'CONNECT') return decided(value, json);
  return { statusCode: 200, body: json.stringify(value) };
}

function refusal(error: HttpException, json: JsonCodec): WebSocketResult {
  return { statusCode: error.statusCode, ...headersOf(error.headers), body: json.stringify(error.getResponse()) };
}

function rendered(response: Response, json: JsonCodec): WebSocketResult {
  // A StreamResponse, or a response that sends a file: its content would be lost.
  if ('open' in response)
    throw new TypeError(
      `A WebSocket method returned a ${response.constructor.name}, but a message is sent as a whole. ` +
        'Read it first and return its content.',
    );
  const result: WebSocketResult = { statusCode: response.statusCode, ...headersOf(response.headers) };
  const body = response.render(response.content, json);
  return body === null ? result : { ...result, body: encodeBody(body), isBase64Encoded: isBinary(body) };
}

function headersOf(headers: Readonly<Record<string, string | string[]>>): Pick<WebSocketResult, 'headers'> {
  return Object.keys(headers).length === 0 ? {} : { headers: joinedHeaders(checkedHeaders(headers)) };
}

/** Whether a method returned a result in API Gateway's own format. */
function hasStatus(value: unknown): value is WebSocketResult {
  return isJsonObject(value) && typeof value['statusCode'] === 'number';
}

function decided(value: unknown, json: JsonCodec): WebSocketResult {
  if (value === true) return { statusCode: 200 };
  if (value === false) return refusal(new ForbiddenException(), json);
  throw new TypeError(
    `A method for $connect returned ${describeValue(value)}. Return nothing or true to accept the connection; to ` +
      'refuse it, return false, a Response or an object with a numeric statusCode, or throw an HttpException.',
  );
}

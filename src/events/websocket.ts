import type { APIGatewayProxyStructuredResultV2, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import type { RecordAdapter, RecordOutcome, SourceRecord } from '../contracts/event-adapter.js';
import { describeValue } from '../errors/describe-value.js';
import { ForbiddenException } from '../errors/exceptions.js';
import { asHttpException, type HttpException } from '../errors/http-exception.js';
import { checkedHeaders } from '../http/message/headers.js';
import type { JsonCodec } from '../http/message/json.js';
import { Response } from '../http/response/response.js';
import { asString, isJsonObject } from '../shared/json-values.js';
import { encodeBody, isBinary, readBytes, readText } from './http/body.js';
import { joinedHeaders } from './http/headers.js';
import { isAuthorizerEvent } from './http/is-authorizer-event.js';
import { soleResult } from './outcomes.js';

/** API Gateway's WebSocket APIs. */
export const webSocket: RecordAdapter<APIGatewayProxyWebsocketEventV2> = {
  source: 'websocket',
  batches: false,
  showsErrors: true,
  isRefusal: (error) => (asHttpException(error)?.statusCode ?? 500) < 500,
  detect: detectWebSocket,
  decode: decodeWebSocket,
  encode: encodeWebSocket,
};

/** A message of a WebSocket API, or a connection that begins or ends; not the question to its authorizer. */
function detectWebSocket(event: unknown): event is APIGatewayProxyWebsocketEventV2 {
  if (!isJsonObject(event) || !isJsonObject(event['requestContext']) || isAuthorizerEvent(event)) return false;
  const { connectionId, eventType } = event['requestContext'];
  return typeof connectionId === 'string' && typeof eventType === 'string' && EVENT_TYPES.has(eventType);
}

const EVENT_TYPES: ReadonlySet<string> = new Set(['CONNECT', 'MESSAGE', 'DISCONNECT']);

/** Connecting and disconnecting carry nothing. */
const NO_MESSAGE = [''];

/** One message; `undefined` is what connecting and disconnecting carry. */
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

/** What API Gateway takes for an answer to an event of a WebSocket API. */
export type WebSocketResult = Pick<
  APIGatewayProxyStructuredResultV2,
  'statusCode' | 'headers' | 'body' | 'isBase64Encoded'
>;

/**
 * An answer to the caller, which API Gateway passes on where the route has a route response. On `$connect` the status
 * decides: only 200 to 299 lets the connection be made. There a method may say yes or no, too, and nothing else: no
 * client is sent what it returns, so that data must have been meant otherwise.
 *
 * @throws Whatever the method threw that is no HttpException, nor of http-errors' shape: the invocation fails, and the
 *   caller gets a 500.
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

function decided(answer: unknown, json: JsonCodec): WebSocketResult {
  if (answer === true) return { statusCode: 200 };
  if (answer === false) return refusal(new ForbiddenException(), json);
  throw new TypeError(
    `A method for $connect answered with ${describeValue(answer)}: it returns nothing or true to let the connection be made, ` +
      'and false, a Response or an object with a numeric statusCode, or throws an HttpException, to refuse it.',
  );
}

function refusal(error: HttpException, json: JsonCodec): WebSocketResult {
  return { statusCode: error.statusCode, ...headersOf(error.headers), body: json.stringify(error.getResponse()) };
}

function rendered(response: Response, json: JsonCodec): WebSocketResult {
  // A StreamResponse, or one that sends a file: what comes of it would be lost.
  if ('open' in response)
    throw new TypeError(
      `A method for WebSockets returned a ${response.constructor.name}: a message is sent whole. Read it first, and return its content.`,
    );
  const result: WebSocketResult = { statusCode: response.statusCode, ...headersOf(response.headers) };
  const body = response.render(response.content, json);
  return body === null ? result : { ...result, body: encodeBody(body), isBase64Encoded: isBinary(body) };
}

function headersOf(headers: Readonly<Record<string, string | string[]>>): Pick<WebSocketResult, 'headers'> {
  return Object.keys(headers).length === 0 ? {} : { headers: joinedHeaders(checkedHeaders(headers)) };
}

/** An answer in API Gateway's own form. */
function hasStatus(value: unknown): value is WebSocketResult {
  return isJsonObject(value) && typeof value['statusCode'] === 'number';
}

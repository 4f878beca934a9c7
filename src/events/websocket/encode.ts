import type { APIGatewayProxyStructuredResultV2, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import type { RecordOutcome, SourceRecord } from '../../contracts/record-adapter.js';
import { asHttpException } from '../../errors/as-http-exception.js';
import { ForbiddenException } from '../../errors/exceptions.js';
import type { HttpException } from '../../errors/http-exception.js';
import { described } from '../../errors/yes-or-no.js';
import { checkedHeaders } from '../../http/check-header.js';
import type { JsonCodec } from '../../http/json.js';
import { Response } from '../../http/response.js';
import { encodeBody, isBinary } from '../encode-body.js';
import { isRecord } from '../is-record.js';
import { joinedHeaders } from '../rendered-headers.js';
import { soleResult } from '../sole-result.js';

/** What API Gateway takes for an answer to an event of a WebSocket API. */
export type WebSocketResult = Pick<APIGatewayProxyStructuredResultV2, 'statusCode' | 'headers' | 'body' | 'isBase64Encoded'>;

/**
 * An answer to the caller, which API Gateway passes on where the route has a route response. On `$connect` the status
 * decides: only 200 to 299 lets the connection be made. There a method may say yes or no, too, and nothing else: no
 * client is sent what it returns, so that data must have been meant otherwise.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
 * @throws Whatever the method threw that is no HttpException, nor of http-errors' shape: the invocation fails, and the caller gets a 500.
 */
export function encodeWebSocket(
  [outcome]: readonly RecordOutcome[],
  _records: readonly SourceRecord[],
  event: APIGatewayProxyWebsocketEventV2,
  json: JsonCodec = JSON,
): WebSocketResult {
  const refused = outcome?.failed ? asHttpException(outcome.error) : undefined;
  if (refused) return refusal(refused, json);
  const value = soleResult(outcome ? [outcome] : []);
  if (value instanceof Response) return rendered(value, json);
  if (hasStatus(value)) return isRecord(value.headers) ? { ...value, ...headersOf(value.headers as Record<string, string>) } : value;
  if (value === undefined || value === null) return { statusCode: 200 };
  if (event.requestContext.eventType === 'CONNECT') return decided(value, json);
  return { statusCode: 200, body: json.stringify(value) };
}

function decided(answer: unknown, json: JsonCodec): WebSocketResult {
  if (answer === true) return { statusCode: 200 };
  if (answer === false) return refusal(new ForbiddenException(), json);
  throw new TypeError(
    `A method for $connect answered with ${described(answer)}: it returns nothing or true to let the connection be made, ` +
      'and false, a Response or an object with a numeric statusCode, or throws an HttpException, to refuse it.',
  );
}

function refusal(error: HttpException, json: JsonCodec): WebSocketResult {
  return { statusCode: error.statusCode, ...headersOf(error.headers), body: json.stringify(error.getResponse()) };
}

function rendered(response: Response, json: JsonCodec): WebSocketResult {
  // A StreamResponse, or one that sends a file: what comes of it would be lost.
  if ('open' in response) throw new TypeError(`A method for WebSockets returned a ${response.constructor.name}: a message is sent whole. Read it first, and return its content.`);
  const result: WebSocketResult = { statusCode: response.statusCode, ...headersOf(response.headers) };
  const body = response.render(response.content, json);
  return body === null ? result : { ...result, body: encodeBody(body), isBase64Encoded: isBinary(body) };
}

function headersOf(headers: Readonly<Record<string, string | string[]>>): Pick<WebSocketResult, 'headers'> {
  return Object.keys(headers).length === 0 ? {} : { headers: joinedHeaders(checkedHeaders(headers)) };
}

/** An answer in API Gateway's own form. */
function hasStatus(value: unknown): value is WebSocketResult {
  return isRecord(value) && typeof value['statusCode'] === 'number';
}

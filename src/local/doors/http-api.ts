import { isJsonObject } from '../../shared/json-values.js';
import { shortJson } from '../short-json.js';
import {
  API_GATEWAY_BODY_LIMIT,
  type FrontDoor,
  type FrontDoorResponse,
  isTextType,
  ownResponse,
  textOrBase64,
} from './front-door.js';
import {
  ignoredKeys,
  MalformedResult,
  payload2Response,
  readBody,
  readHeaders,
  readMultiValueHeaders,
  readStatus,
  refusing,
  withContentType,
} from './lambda-result.js';

const TEXT = 'text/plain; charset=utf-8';

function message(status: number, text: string): FrontDoorResponse {
  return ownResponse(status, 'application/json', `{"message":"${text}"}`);
}

const functionError = message(500, 'Internal Server Error');

const SHARED = {
  functionError,
  timeout: { milliseconds: 30_000, response: message(503, 'Service Unavailable') },
  bodyLimit: API_GATEWAY_BODY_LIMIT,
  tooLarge: message(413, 'Request Entity Too Large'),
  encodeBody: (body, { contentType }) => textOrBase64(body, isTextType(contentType)),
  streams: false,
} satisfies Partial<FrontDoor>;

/** An API Gateway HTTP API with payload format 1.0. */
export const httpApiV1: FrontDoor = {
  ...SHARED,
  title: 'HTTP API, payload 1.0',
  interpret: (result) => refusing(functionError, () => payload1Response(result)),
};

/** An API Gateway HTTP API with payload format 2.0. */
export const httpApiV2: FrontDoor = {
  ...SHARED,
  title: 'HTTP API, payload 2.0',
  interpret: (result) => refusing(functionError, () => payload2Response(result, TEXT)),
};

function payload1Response(result: unknown): FrontDoorResponse {
  if (!isJsonObject(result)) throw new MalformedResult(`payload 1.0 requires an object, not ${shortJson(result)}`);
  const lines = [...readHeaders(result['headers']), ...readMultiValueHeaders(result['multiValueHeaders'])];
  return {
    status: readStatus(result['statusCode']),
    headers: withContentType(lines, TEXT),
    body: readBody(result['body'], result['isBase64Encoded'] === true),
    ...ignoredKeys('payload 1.0', result, ['cookies']),
  };
}

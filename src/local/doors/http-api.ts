import {
  API_GATEWAY_BODY_LIMIT,
  carryBody,
  type FrontDoor,
  type FrontDoorResponse,
  isTextType,
  ownResponse,
} from './front-door.js';
import {
  ignoredKeys,
  inferredResponse,
  isPlainObject,
  MalformedResult,
  readBody,
  readHeaders,
  readMultiValueHeaders,
  readStatus,
  refusing,
  show,
  structuredResponse,
  withContentType,
} from './lambda-result.js';

const TEXT = 'text/plain; charset=utf-8';

function message(status: number, text: string): FrontDoorResponse {
  return ownResponse(status, 'application/json', `{"message":"${text}"}`);
}

const functionError = message(500, 'Internal Server Error');

const SHARED = {
  functionError,
  patience: { milliseconds: 30_000, answer: message(503, 'Service Unavailable') },
  bodyLimit: API_GATEWAY_BODY_LIMIT,
  tooLarge: message(413, 'Request Entity Too Large'),
  carry: (body, { contentType }) => carryBody(body, isTextType(contentType)),
  streams: false,
} satisfies Partial<FrontDoor>;

/** An API Gateway HTTP API with payload format 1.0. */
export const httpApiV1: FrontDoor = {
  ...SHARED,
  title: 'HTTP API, payload 1.0',
  interpret: (result) => refusing(functionError, () => interpretV1(result)),
};

/** An API Gateway HTTP API with payload format 2.0. */
export const httpApiV2: FrontDoor = {
  ...SHARED,
  title: 'HTTP API, payload 2.0',
  interpret: (result) => refusing(functionError, () => inferredResponse(result) ?? interpretV2(result)),
};

function interpretV1(result: unknown): FrontDoorResponse {
  if (!isPlainObject(result)) throw new MalformedResult(`payload 1.0 takes an object, not ${show(result)}`);
  const lines = [...readHeaders(result['headers']), ...readMultiValueHeaders(result['multiValueHeaders'])];
  return {
    status: readStatus(result['statusCode']),
    headers: withContentType(lines, TEXT),
    body: readBody(result['body'], result['isBase64Encoded'] === true),
    ...ignoredKeys('payload 1.0', result, ['cookies']),
  };
}

function interpretV2(result: unknown): FrontDoorResponse {
  const answer = structuredResponse(result);
  return { ...answer, headers: withContentType(answer.headers, TEXT) };
}

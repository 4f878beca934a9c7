import { isJsonObject } from '../../shared/json-values.js';
import { shortJson } from '../short-json.js';
import {
  API_GATEWAY_BODY_LIMIT,
  type FrontDoor,
  type FrontDoorResponse,
  type HeaderLine,
  matchesMediaType,
  ownResponse,
} from './front-door.js';
import {
  MalformedResult,
  readBody,
  readHeaders,
  readMultiValueHeaders,
  readStatus,
  refusing,
  withContentType,
} from './lambda-result.js';

const KEYS = ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'];
const NOT_DECODED =
  'the client receives base64, because "binaryMediaTypes" does not match the Accept header of the request';

function message(status: number, text: string): FrontDoorResponse {
  return ownResponse(status, 'application/json', `{"message": "${text}"}`);
}

const functionError = message(502, 'Internal server error');

/**
 * An API Gateway REST API with the Lambda proxy integration.
 *
 * @param binaryMediaTypes The API's setting, such as `['image/png']`. Bodies of all other types are text.
 */
export function restApi(binaryMediaTypes: readonly string[] = []): FrontDoor {
  const isBinary = (mediaType: string | undefined) => matchesMediaType(binaryMediaTypes, mediaType);
  return {
    title: 'REST API',
    // API Gateway only looks at the first media type of Accept.
    interpret: (result, { accept } = {}) =>
      refusing(functionError, () => interpret(result, isBinary(accept?.split(',')[0]))),
    functionError,
    // The default integration timeout. Regional APIs may raise it.
    timeout: { milliseconds: 29_000, response: message(504, 'Endpoint request timed out') },
    bodyLimit: API_GATEWAY_BODY_LIMIT,
    tooLarge: message(413, 'Request Too Long'),
    encodeBody: (body, { contentType }) => ({
      // Bytes that are not valid UTF-8 are lost, as in API Gateway.
      body: body.toString(isBinary(contentType) ? 'base64' : 'utf8'),
      isBase64Encoded: isBinary(contentType),
    }),
    streams: true,
  };
}

function interpret(result: unknown, decodes: boolean): FrontDoorResponse {
  if (!isJsonObject(result)) throw new MalformedResult(`a REST API requires an object, not ${shortJson(result)}`);
  const unknownKey = Object.keys(result).find((key) => !KEYS.includes(key));
  if (unknownKey !== undefined) throw new MalformedResult(`a REST API does not accept the key "${unknownKey}"`);
  const encoded = result['isBase64Encoded'] === true;
  const lines = mergeHeaders(readMultiValueHeaders(result['multiValueHeaders']), readHeaders(result['headers']));
  return {
    status: readStatus(result['statusCode'] ?? 200),
    headers: withContentType(lines, 'application/json'),
    body: readBody(result['body'], encoded && decodes),
    ...(encoded && !decodes && { problem: NOT_DECODED }),
  };
}

/** Puts a single value behind the list of the same name, in the casing of that name. */
function mergeHeaders(lists: readonly HeaderLine[], singles: readonly HeaderLine[]): HeaderLine[] {
  const casing = new Map(lists.map(([name]) => [name.toLowerCase(), name]));
  return [...lists, ...singles.map(([name, value]): HeaderLine => [casing.get(name.toLowerCase()) ?? name, value])];
}

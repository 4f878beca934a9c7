import {
  API_GATEWAY_BODY_LIMIT,
  type FrontDoor,
  type FrontDoorResponse,
  type HeaderLine,
  matchesMediaType,
  ownResponse,
  type RequestTraits,
} from './front-door.js';
import {
  isPlainObject,
  MalformedResult,
  readBody,
  readHeaders,
  readMultiValueHeaders,
  readStatus,
  refusing,
  show,
  withContentType,
} from './lambda-result.js';

const KEYS = ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'];
const UNDECODED =
  'the client receives base64: "isBase64Encoded" counts only where "binaryMediaTypes" match its Accept header';

function message(status: number, text: string): FrontDoorResponse {
  return ownResponse(status, 'application/json', `{"message": "${text}"}`);
}

const functionError = message(502, 'Internal server error');

/**
 * An API Gateway REST API with the Lambda proxy integration.
 *
 * @param binaryMediaTypes the API's setting, such as `['image/png']`; bodies of all other types are text.
 */
export function restApi(binaryMediaTypes: readonly string[] = []): FrontDoor {
  const isBinary = (mediaType: string | undefined) => matchesMediaType(binaryMediaTypes, mediaType);
  return {
    title: 'REST API',
    interpret: (result, request = {}) =>
      refusing(functionError, () => interpret(result, decodesFor(isBinary, request))),
    functionError,
    // The integration's default timeout; regional APIs may raise it.
    patience: { milliseconds: 29_000, answer: message(504, 'Endpoint request timed out') },
    bodyLimit: API_GATEWAY_BODY_LIMIT,
    tooLarge: message(413, 'Request Too Long'),
    carry: (body, { contentType }) => ({
      // What is no text loses its bytes here, as it does there.
      body: body.toString(isBinary(contentType) ? 'base64' : 'utf8'),
      isBase64Encoded: isBinary(contentType),
    }),
    streams: true,
  };
}

/** API Gateway looks at the first media type of `Accept` only. */
function decodesFor(isBinary: (mediaType: string | undefined) => boolean, { accept }: RequestTraits): boolean {
  return isBinary(accept?.split(',')[0]);
}

function interpret(result: unknown, decodes: boolean): FrontDoorResponse {
  if (!isPlainObject(result)) throw new MalformedResult(`a REST API takes an object, not ${show(result)}`);
  const unknownKey = Object.keys(result).find((key) => !KEYS.includes(key));
  if (unknownKey !== undefined) throw new MalformedResult(`a REST API refuses the key "${unknownKey}"`);
  const encoded = result['isBase64Encoded'] === true;
  const lines = mergeHeaders(readMultiValueHeaders(result['multiValueHeaders']), readHeaders(result['headers']));
  return {
    status: readStatus(result['statusCode'] ?? 200),
    headers: withContentType(lines, 'application/json'),
    body: readBody(result['body'], encoded && decodes),
    ...(encoded && !decodes && { problem: UNDECODED }),
  };
}

/** Single values come after the list of the same name, in that one's casing. */
function mergeHeaders(lists: readonly HeaderLine[], singles: readonly HeaderLine[]): HeaderLine[] {
  const casing = new Map(lists.map(([name]) => [name.toLowerCase(), name]));
  return [...lists, ...singles.map(([name, value]): HeaderLine => [casing.get(name.toLowerCase()) ?? name, value])];
}

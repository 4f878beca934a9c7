import type { GatewayAnswer } from './gateway-answer.js';
import {
  ignoredKeys,
  isPlainObject,
  MalformedResult,
  readBody,
  readCookies,
  readHeaders,
  readStatus,
  show,
} from './lambda-result.js';

/**
 * The answer of payload 2.0 for a result without `statusCode`: the whole result is the body, as JSON,
 * a string as it is; `undefined` when there is a `statusCode`.
 */
export function inferredAnswer(result: unknown): GatewayAnswer | undefined {
  if (isPlainObject(result) && Object.hasOwn(result, 'statusCode')) return undefined;
  return {
    status: 200,
    headers: [['content-type', 'application/json']],
    body: Buffer.from(typeof result === 'string' ? result : JSON.stringify(result ?? null)),
    ...(looksLikeAnAnswer(result) && { problem: 'there is no "statusCode", so the whole object became the body' }),
  };
}

function looksLikeAnAnswer(result: unknown): boolean {
  return isPlainObject(result) && ['body', 'headers', 'isBase64Encoded'].some((key) => Object.hasOwn(result, key));
}

/** The answer of payload 2.0 for a result with `statusCode`; a default content type is still to be added. */
export function structuredAnswer(result: unknown): GatewayAnswer {
  if (!isPlainObject(result)) throw new MalformedResult(`an object is wanted, not ${show(result)}`);
  return {
    status: readStatus(result['statusCode']),
    headers: [...readHeaders(result['headers']), ...readCookies(result['cookies'])],
    body: readBody(result['body'], result['isBase64Encoded'] === true),
    ...ignoredKeys('payload 2.0', result, ['multiValueHeaders']),
  };
}

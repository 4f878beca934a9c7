import { isJsonObject } from '../../shared/json-values.js';
import type { PlainObject } from '../../shared/types.js';
import { shortJson } from '../short-json.js';
import type { FrontDoorResponse, HeaderLine } from './front-door.js';

/** The reason why a front door refuses a function's result. */
export class MalformedResult extends Error {
  override readonly name = 'MalformedResult';
}

/** Returns what `read` returns, or `refusal` with the reason when `read` finds the result malformed. */
export function refusing(refusal: FrontDoorResponse, read: () => FrontDoorResponse): FrontDoorResponse {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedResult) return { ...refusal, problem: error.message };
    throw error;
  }
}

/**
 * Reads a result in payload format 2.0. A result without `statusCode` is the body of a 200 response: a string as it is,
 * anything else as JSON.
 *
 * @param contentType The default content type of a result with `statusCode`.
 * @throws MalformedResult when a member of a result with `statusCode` is wrong.
 */
export function payload2Response(result: unknown, contentType: string): FrontDoorResponse {
  if (!isJsonObject(result) || !Object.hasOwn(result, 'statusCode')) return inferredResponse(result);
  return {
    status: readStatus(result['statusCode']),
    headers: withContentType([...readHeaders(result['headers']), ...readCookies(result['cookies'])], contentType),
    body: readBody(result['body'], result['isBase64Encoded'] === true),
    ...ignoredKeys('payload 2.0', result, ['multiValueHeaders']),
  };
}

function inferredResponse(result: unknown): FrontDoorResponse {
  const looksLikeResponse =
    isJsonObject(result) && ['body', 'headers', 'isBase64Encoded'].some((key) => Object.hasOwn(result, key));
  return {
    status: 200,
    headers: [['content-type', 'application/json']],
    body: Buffer.from(typeof result === 'string' ? result : JSON.stringify(result ?? null)),
    ...(looksLikeResponse && { problem: 'there is no "statusCode", so the whole object became the body' }),
  };
}

/** @throws MalformedResult unless the value is a final HTTP status, as a number or as its digits. */
export function readStatus(value: unknown): number {
  const status = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw new MalformedResult(`"statusCode" is ${shortJson(value)}, not a status from 200 to 599`);
}

/** @throws MalformedResult unless the value is a string, and valid base64 when the result declares it. */
export function readBody(value: unknown, isBase64Encoded: boolean): Buffer {
  if (value === undefined || value === null) return Buffer.alloc(0);
  if (typeof value !== 'string') {
    throw new MalformedResult(`"body" is ${shortJson(value)}, not a string: convert it with JSON.stringify`);
  }
  if (!isBase64Encoded) return Buffer.from(value);
  if (!/^[\w+/\s-]*(?:={1,2}\s*)?$/.test(value)) {
    throw new MalformedResult('"isBase64Encoded" is true, but "body" is not valid base64');
  }
  return Buffer.from(value, 'base64');
}

/** Returns the lines of a `headers` map. `null` has none. */
export function readHeaders(map: unknown): HeaderLine[] {
  return entriesOf(map, 'headers').map(([name, value]) => [name, headerValue(name, value)]);
}

/** Returns the lines of a `multiValueHeaders` map. `null` has none. */
export function readMultiValueHeaders(map: unknown): HeaderLine[] {
  return entriesOf(map, 'multiValueHeaders').flatMap(([name, values]) => {
    if (Array.isArray(values)) return values.map((value): HeaderLine => [name, headerValue(name, value)]);
    throw new MalformedResult(`"multiValueHeaders" has ${shortJson(values)} for "${name}", not an array`);
  });
}

/** Returns the `Set-Cookie` lines of a `cookies` list. `null` has none. */
export function readCookies(list: unknown): HeaderLine[] {
  if (list === undefined || list === null) return [];
  if (Array.isArray(list) && list.every((cookie) => typeof cookie === 'string')) {
    return list.map((cookie) => ['set-cookie', cookie]);
  }
  throw new MalformedResult(`"cookies" is ${shortJson(list)}, not an array of strings`);
}

function entriesOf(map: unknown, key: string): [string, unknown][] {
  if (map === undefined || map === null) return [];
  if (isJsonObject(map)) return Object.entries(map);
  throw new MalformedResult(`"${key}" is ${shortJson(map)}, not an object`);
}

function headerValue(name: string, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return String(value);
  throw new MalformedResult(`the header "${name}" is ${shortJson(value)}, not a string`);
}

/** Adds a `content-type` line unless there is one. */
export function withContentType(lines: readonly HeaderLine[], contentType: string): readonly HeaderLine[] {
  return lines.some(([name]) => name.toLowerCase() === 'content-type')
    ? lines
    : [...lines, ['content-type', contentType]];
}

/** Returns a warning about keys that the front door ignores, so that their values don't disappear unnoticed. */
export function ignoredKeys(title: string, result: PlainObject, keys: readonly string[]): { problem?: string } {
  const ignored = keys.filter((key) => result[key] !== undefined && result[key] !== null);
  return ignored.length === 0 ? {} : { problem: `${title} ignores ${ignored.map((key) => `"${key}"`).join(' and ')}` };
}

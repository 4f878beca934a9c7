import type { PlainObject } from '../../shared/types.js';
import type { FrontDoorResponse, HeaderLine } from './front-door.js';

/** What a front door refuses a function's answer for. */
export class MalformedResult extends Error {
  override readonly name = 'MalformedResult';
}

/** Gives `read`'s answer, or `refusal` with the reason where `read` finds the result malformed. */
export function refusing(refusal: FrontDoorResponse, read: () => FrontDoorResponse): FrontDoorResponse {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedResult) return { ...refusal, problem: error.message };
    throw error;
  }
}

export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `value` in a few characters, for messages. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** @throws MalformedResult unless the value is a final HTTP status, as a number or as its digits. */
export function readStatus(value: unknown): number {
  const status = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw new MalformedResult(`"statusCode" is ${show(value)}, which is no status from 200 to 599`);
}

/** @throws MalformedResult unless the value is text, and base64 where the result says so. */
export function readBody(value: unknown, isBase64Encoded: boolean): Buffer {
  if (value === undefined || value === null) return Buffer.alloc(0);
  if (typeof value !== 'string') {
    throw new MalformedResult(`"body" is ${show(value)}, not a string: put it through JSON.stringify`);
  }
  if (!isBase64Encoded) return Buffer.from(value);
  if (!/^[\w+/\s-]*(?:={1,2}\s*)?$/.test(value)) {
    throw new MalformedResult('"isBase64Encoded" is true, but "body" is no base64');
  }
  return Buffer.from(value, 'base64');
}

/** The lines of a `headers` map; `null` is none. */
export function readHeaders(map: unknown): HeaderLine[] {
  return entriesOf(map, 'headers').map(([name, value]) => [name, headerValue(name, value)]);
}

/** The lines of a `multiValueHeaders` map; `null` is none. */
export function readMultiValueHeaders(map: unknown): HeaderLine[] {
  return entriesOf(map, 'multiValueHeaders').flatMap(([name, values]) => {
    if (Array.isArray(values)) return values.map((value): HeaderLine => [name, headerValue(name, value)]);
    throw new MalformedResult(`"multiValueHeaders" has ${show(values)} for "${name}", where an array is wanted`);
  });
}

/** The `Set-Cookie` lines of a `cookies` list; `null` is none. */
export function readCookies(list: unknown): HeaderLine[] {
  if (list === undefined || list === null) return [];
  if (Array.isArray(list) && list.every((cookie) => typeof cookie === 'string')) {
    return list.map((cookie) => ['set-cookie', cookie]);
  }
  throw new MalformedResult(`"cookies" is ${show(list)}, where an array of strings is wanted`);
}

function entriesOf(map: unknown, key: string): [string, unknown][] {
  if (map === undefined || map === null) return [];
  if (isPlainObject(map)) return Object.entries(map);
  throw new MalformedResult(`"${key}" is ${show(map)}, where an object is wanted`);
}

function headerValue(name: string, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return String(value);
  throw new MalformedResult(`the header "${name}" is ${show(value)}, where a string is wanted`);
}

/** The lines, and a `content-type` where there is none. */
export function withContentType(lines: readonly HeaderLine[], contentType: string): readonly HeaderLine[] {
  return lines.some(([name]) => name.toLowerCase() === 'content-type')
    ? lines
    : [...lines, ['content-type', contentType]];
}

/** A sentence for keys that the front door passes over, so that what they hold does not vanish unnoticed. */
export function ignoredKeys(title: string, result: PlainObject, keys: readonly string[]): { problem?: string } {
  const ignored = keys.filter((key) => result[key] !== undefined && result[key] !== null);
  return ignored.length === 0 ? {} : { problem: `${title} ignores ${ignored.map((key) => `"${key}"`).join(' and ')}` };
}

/**
 * The answer of payload 2.0 for a result without `statusCode`: the whole result is the body, as JSON,
 * a string as it is; `undefined` when there is a `statusCode`.
 */
export function inferredResponse(result: unknown): FrontDoorResponse | undefined {
  if (isPlainObject(result) && Object.hasOwn(result, 'statusCode')) return undefined;
  return {
    status: 200,
    headers: [['content-type', 'application/json']],
    body: Buffer.from(typeof result === 'string' ? result : JSON.stringify(result ?? null)),
    ...(looksLikeResponse(result) && { problem: 'there is no "statusCode", so the whole object became the body' }),
  };
}

function looksLikeResponse(result: unknown): boolean {
  return isPlainObject(result) && ['body', 'headers', 'isBase64Encoded'].some((key) => Object.hasOwn(result, key));
}

/** The answer of payload 2.0 for a result with `statusCode`; a default content type is still to be added. */
export function structuredResponse(result: unknown): FrontDoorResponse {
  if (!isPlainObject(result)) throw new MalformedResult(`an object is wanted, not ${show(result)}`);
  return {
    status: readStatus(result['statusCode']),
    headers: [...readHeaders(result['headers']), ...readCookies(result['cookies'])],
    body: readBody(result['body'], result['isBase64Encoded'] === true),
    ...ignoredKeys('payload 2.0', result, ['multiValueHeaders']),
  };
}

import { STATUS_CODES } from 'node:http';
import type { ALBEvent, ALBResult } from 'aws-lambda';
import type { RenderedResponse } from '../../http/rendered-response.js';
import { checkedLines } from '../check-header.js';
import { encodeBody, isBinary } from '../encode-body.js';
import { isRecord } from '../is-record.js';
import { joinedHeaders, listedHeaders } from '../rendered-headers.js';

/**
 * A target group with multi-value headers takes lists only, one without takes single values only.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 * @throws TypeError on a name or a value that can't stand in a header.
 */
export function encode({ statusCode, headers, cookies, body }: RenderedResponse, event: ALBEvent): ALBResult {
  const statusDescription = `${statusCode} ${STATUS_CODES[statusCode] ?? 'Unknown'}`;
  const result: ALBResult = { statusCode, statusDescription, body: encodeBody(body), isBase64Encoded: isBinary(body) };
  if (isRecord(event.multiValueHeaders)) result.multiValueHeaders = listedHeaders(headers, cookies);
  else result.headers = cookies.length > 0 ? { ...joinedHeaders(headers), ...cookieHeaders(cookies) } : joinedHeaders(headers);
  return result;
}

/**
 * Cookies can't be joined into one header, and a map of single values has one place a name. Names are
 * case-insensitive, though: each further cookie gets another spelling, `Set-cookie`, `sEt-cookie`, …
 */
function cookieHeaders(cookies: readonly string[]): Record<string, string> {
  const lines = checkedLines('set-cookie', cookies);
  return Object.fromEntries(lines.map((line, index) => [spelling('set-cookie', index), line]));
}

/** The name with those letters in capitals that the bits of `index` tell: 512 spellings for `set-cookie`. */
function spelling(name: string, index: number): string {
  let bits = index;
  return name.replace(/[a-z]/g, (letter) => {
    const capital = bits % 2 === 1;
    bits = Math.floor(bits / 2);
    return capital ? letter.toUpperCase() : letter;
  });
}

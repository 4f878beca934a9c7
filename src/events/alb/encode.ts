import type { ALBEvent, ALBResult } from 'aws-lambda';
import { reasonPhrase } from '../../errors/http-statuses.js';
import type { RenderedResponse } from '../../http/rendered-response.js';
import { cookieHeaders } from '../cookie-spellings.js';
import { encodeBody, isBinary } from '../encode-body.js';
import { isRecord } from '../is-record.js';
import { joinedHeaders, listedHeaders } from '../rendered-headers.js';

/**
 * A target group with multi-value headers takes lists only, one without takes single values only.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export function encode({ statusCode, headers, cookies, body }: RenderedResponse, event: ALBEvent): ALBResult {
  const statusDescription = `${statusCode} ${reasonPhrase(statusCode) ?? 'Unknown'}`;
  const result: ALBResult = { statusCode, statusDescription, body: encodeBody(body), isBase64Encoded: isBinary(body) };
  if (isRecord(event.multiValueHeaders)) result.multiValueHeaders = listedHeaders(headers, cookies);
  else result.headers = cookies.length > 0 ? { ...joinedHeaders(headers), ...cookieHeaders(cookies) } : joinedHeaders(headers);
  return result;
}

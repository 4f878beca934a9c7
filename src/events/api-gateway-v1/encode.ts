import type { APIGatewayProxyResult } from 'aws-lambda';
import type { RenderedResponse } from '../../http/rendered-response.js';
import { checkHeader } from '../check-header.js';
import { encodeBody } from '../encode-body.js';
import { checkedLines } from '../rendered-headers.js';

/**
 * A header stands in one of the two maps only, since API Gateway sends what stands in both twice, and there is no
 * member more: REST APIs answer 502 to any that they don't know, `cookies` too.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 * @throws TypeError on a name or a value that can't stand in a header.
 */
export function encode({ statusCode, headers, cookies, body }: RenderedResponse): APIGatewayProxyResult {
  const single: Record<string, string> = {};
  const multi: Record<string, string[]> = {};
  for (const name in headers) {
    const value = headers[name]!;
    if (Array.isArray(value)) multi[name] = checkedLines(name, value);
    else {
      checkHeader(name, value);
      single[name] = value;
    }
  }
  if (cookies.length > 0) multi['set-cookie'] = checkedLines('set-cookie', cookies);
  return withMaps({ statusCode, ...encodeBody(body) }, single, multi);
}

function withMaps(
  result: APIGatewayProxyResult,
  headers: Record<string, string>,
  multiValueHeaders: Record<string, string[]>,
): APIGatewayProxyResult {
  if (Object.keys(headers).length > 0) result.headers = headers;
  if (Object.keys(multiValueHeaders).length > 0) result.multiValueHeaders = multiValueHeaders;
  return result;
}

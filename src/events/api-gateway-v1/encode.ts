import type { APIGatewayProxyResult } from 'aws-lambda';
import type { RenderedResponse } from '../../http/rendered-response.js';
import { encodeBody, isBinary } from '../encode-body.js';

/**
 * A header stands in one of the two maps only, since API Gateway sends what stands in both twice, and there is no
 * member more: REST APIs answer 502 to any that they don't know, `cookies` too.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function encode({ statusCode, headers, cookies, body }: RenderedResponse): APIGatewayProxyResult {
  const result: APIGatewayProxyResult = { statusCode, body: encodeBody(body), isBase64Encoded: isBinary(body) };
  for (const name in headers) {
    const value = headers[name]!;
    if (Array.isArray(value)) (result.multiValueHeaders ??= {})[name] = value;
    else (result.headers ??= {})[name] = value;
  }
  if (cookies.length > 0) (result.multiValueHeaders ??= {})['set-cookie'] = [...cookies];
  return result;
}

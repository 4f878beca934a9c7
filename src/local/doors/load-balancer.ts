import { isJsonObject } from '../../shared/json-values.js';
import type { PlainObject } from '../../shared/types.js';
import { shortJson } from '../short-json.js';
import {
  type FrontDoor,
  type FrontDoorResponse,
  type HeaderLine,
  LOAD_BALANCER_LIMIT,
  matchesMediaType,
  ownResponse,
  TEXT_TYPES,
  textOrBase64,
} from './front-door.js';
import {
  ignoredKeys,
  MalformedResult,
  readBody,
  readHeaders,
  readMultiValueHeaders,
  readStatus,
  refusing,
  withContentType,
} from './lambda-result.js';

function page(status: number, reason: string): FrontDoorResponse {
  const title = `${status} ${reason}`;
  const lines = ['<html>', `<head><title>${title}</title></head>`, '<body>', `<center><h1>${title}</h1></center>`];
  return ownResponse(status, 'text/html', [...lines, '</body>', '</html>', ''].join('\r\n'));
}

const functionError = page(502, 'Bad Gateway');

/**
 * An Application Load Balancer with a Lambda target group.
 *
 * @param multiValue The target group's attribute `lambda.multi_value_headers.enabled`.
 */
export function loadBalancer(multiValue: boolean): FrontDoor {
  const readLines = multiValue ? multiValueLines : singleValueLines;
  return {
    title: multiValue ? 'ALB, multi-value headers' : 'ALB',
    interpret: (result) => refusing(functionError, () => interpret(result, readLines)),
    functionError,
    bodyLimit: LOAD_BALANCER_LIMIT,
    tooLarge: page(413, 'Request Entity Too Large'),
    encodeBody: (body, { contentEncoding, contentType }) =>
      textOrBase64(body, contentEncoding === undefined && matchesMediaType(TEXT_TYPES, contentType)),
    streams: false,
  };
}

interface ReadLines {
  lines: HeaderLine[];
  problem?: string;
}

function singleValueLines(result: PlainObject): ReadLines {
  const hint = ignoredKeys('a target group without multi-value headers', result, ['multiValueHeaders', 'cookies']);
  return { lines: readHeaders(result['headers']), ...hint };
}

function multiValueLines(result: PlainObject): ReadLines {
  const hint = ignoredKeys('a target group with multi-value headers', result, ['headers', 'cookies']);
  return { lines: readMultiValueHeaders(result['multiValueHeaders']), ...hint };
}

function interpret(result: unknown, readLines: (result: PlainObject) => ReadLines): FrontDoorResponse {
  if (!isJsonObject(result)) throw new MalformedResult(`a load balancer requires an object, not ${shortJson(result)}`);
  if (typeof result['statusCode'] !== 'number') {
    throw new MalformedResult(
      `"statusCode" is ${shortJson(result['statusCode'])}, but a load balancer requires a number`,
    );
  }
  if (Buffer.byteLength(JSON.stringify(result)) > LOAD_BALANCER_LIMIT) {
    throw new MalformedResult('the result is longer than 1 MB, the limit of a load balancer');
  }
  const { lines, ...hint } = readLines(result);
  return {
    status: readStatus(result['statusCode']),
    headers: withContentType(lines, 'application/octet-stream'),
    body: readBody(result['body'], result['isBase64Encoded'] === true),
    ...hint,
  };
}

import { plainHeaders } from '../errors/option-rules.js';
import { Response, type ResponseHeaders } from '../http/response.js';

/** The result of a Lambda function behind API Gateway, as far as HTTP middlewares write it. */
interface GatewayAnswer {
  readonly statusCode: number;
  readonly headers?: ResponseHeaders;
  readonly multiValueHeaders?: ResponseHeaders;
  readonly cookies?: readonly string[];
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
}

/** The response that a gateway's result stands for; anything else is data, and stays as it is. */
export function answerOf(value: unknown): unknown {
  if (value instanceof Response || !isGatewayAnswer(value)) return value;
  const { statusCode, headers, multiValueHeaders, cookies = [], body, isBase64Encoded } = value;
  const content = isBase64Encoded && typeof body === 'string' ? Buffer.from(body, 'base64') : body;
  const response = new Response(content, { statusCode, headers: { ...plainHeaders(headers, 'of a middleware'), ...multiValueHeaders } });
  response.cookies.push(...cookies);
  return response;
}

function isGatewayAnswer(value: unknown): value is GatewayAnswer {
  return typeof value === 'object' && value !== null && typeof (value as { statusCode?: unknown }).statusCode === 'number';
}

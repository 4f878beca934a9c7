import type { Request } from '../../http/request/request.js';
import { invalidRequest, invalidToken } from '../refusals.js';

/**
 * In characters. Tokens with many groups have 5,000 or so; the headers of API Gateway together have 10,240 bytes, those
 * of other gateways more.
 */
export const MAX_TOKEN_LENGTH = 16_384;

const BEARER = /^bearer(?: |$)/i;
/** RFC 6750, section 2.1: `b64token`. */
const TOKEN = /^[\w.~+/-]+=*$/;

/**
 * Returns the token of `Authorization: Bearer …`; `undefined` without the header, or with another scheme. Tokens
 * elsewhere, such as in the query, are not read, because URLs are logged.
 *
 * @throws HttpException for a repeated or an incomplete header, and for a token that is too long.
 */
export function bearerToken(request: Request): string | undefined {
  const values = request.headerValues('authorization');
  const [value] = values;
  if (value === undefined || !values.some((one) => BEARER.test(one))) return undefined;
  if (values.length > 1) throw invalidRequest();
  const token = value.slice('bearer'.length).trim();
  if (token.length > MAX_TOKEN_LENGTH) throw invalidToken(`The token has ${token.length} characters`);
  // HTTP APIs join repeated headers with commas, which no token has.
  if (!TOKEN.test(token)) throw invalidRequest();
  return token;
}

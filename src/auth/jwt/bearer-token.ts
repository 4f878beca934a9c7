import type { Request } from '../../http/request/request.js';
import { invalidRequest } from '../refusals.js';

const BEARER = /^bearer(?: |$)/i;
/** RFC 6750, section 2.1: `b64token`. */
const TOKEN = /^[\w.~+/-]+=*$/;

/**
 * Returns the token of `Authorization: Bearer …`; `undefined` without the header, or with another scheme. Tokens
 * elsewhere, such as in the query, are not read, because URLs are logged.
 *
 * @throws HttpException for a repeated or an incomplete header.
 */
export function bearerToken(request: Request): string | undefined {
  const values = request.headerValues('authorization');
  const [value] = values;
  if (value === undefined || !values.some((one) => BEARER.test(one))) return undefined;
  if (values.length > 1) throw invalidRequest();
  const token = value.slice('bearer'.length).trim();
  // HTTP APIs join repeated headers with commas, which no token has.
  if (!TOKEN.test(token)) throw invalidRequest();
  return token;
}

import { appTokenName } from '../contracts/app-tokens.js';
import { brandOf } from '../shared/brand.js';

/** Returns the key a token is looked up by. Framework tokens use their brand, so the ESM and CommonJS copies match. */
export function tokenKey(token: unknown): unknown {
  const name = brandOf(token) ?? appTokenName(token);
  return name === undefined ? token : Symbol.for(`lambent.token.${name}`);
}

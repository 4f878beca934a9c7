import { appTokenName } from '../contracts/app-tokens.js';
import { brandOf } from '../shared/brand.js';

/** What a token is looked up by: itself, or for the framework's own its name, which the other copy's has too. */
export function tokenKey(token: unknown): unknown {
  const name = brandOf(token) ?? appTokenName(token);
  return name === undefined ? token : Symbol.for(`lambent.token.${name}`);
}

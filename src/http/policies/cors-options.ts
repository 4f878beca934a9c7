import { refuseAsync } from '../../errors/boolean-result.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { aList, anything, checkOptions, flag, type Rules } from '../../errors/check-options.js';
import { isToken } from '../message/headers.js';

/** What the option `cors` of `create` takes. */
export interface CorsOptions {
  /**
   * Who may read the answers: `'*'` for anyone (the default), origins such as `https://app.example.com`, patterns
   * (anchor them: `/example\.com/` also matches `https://example.com.evil.net`), a function that answers at once, or
   * `true` for every origin by name, which is what `credentials` for anyone takes.
   */
  origin?: string | RegExp | readonly (string | RegExp)[] | true | ((origin: string) => boolean);
  /** The methods of the routes at the path unless given. */
  allowMethods?: readonly string[];
  /** Whatever the browser asks for unless given. */
  allowHeaders?: readonly string[];
  /** Response headers that scripts may read besides the safe ones. */
  exposeHeaders?: readonly string[];
  /** Whether cookies and authentication may be sent along. */
  credentials?: boolean;
  /** Seconds for which browsers remember the answer to a preflight; 5 without it. */
  maxAge?: number;
}

const RULES: Rules<CorsOptions> = {
  origin: { ...anything, expected: 'origins', refusesUndefined: true },
  allowMethods: aList,
  allowHeaders: aList,
  exposeHeaders: aList,
  credentials: flag,
  maxAge: anything,
};

export function checkedCorsOptions(options: CorsOptions): CorsOptions {
  checkOptions(options, RULES, 'the option cors');
  const { origin = '*', credentials = false, maxAge } = options;
  for (const name of LISTS) checkNames(name, options[name]);
  if (Array.isArray(origin) && origin.includes('*')) {
    throw new BootstrapError("cors.origin: '*' stands alone, not in a list");
  }
  refuseAsync(origin, 'The function cors.origin');
  if (typeof origin !== 'function' && origin !== true) [origin].flat().forEach(checkOrigin);
  if (credentials) refuseWildcards({ ...options, origin });
  if (maxAge !== undefined && !(Number.isInteger(maxAge) && maxAge >= 0)) {
    throw new BootstrapError(`cors.maxAge is a whole number of seconds from 0 on, not ${String(maxAge)}`);
  }
  return options;
}

const ORIGIN = /^(?:\*|null|[a-z][a-z\d+.-]*:\/\/[^/?#\s@*]+)$/i;

function checkOrigin(origin: unknown): void {
  if (origin instanceof RegExp || (typeof origin === 'string' && ORIGIN.test(origin))) return;
  throw new BootstrapError(
    `cors.origin: ${JSON.stringify(origin)} is no origin. Write scheme, host and port without a path or a slash at the end, ` +
      'as in https://app.example.com, or use a RegExp.',
  );
}

const LISTS = ['allowMethods', 'allowHeaders', 'exposeHeaders'] as const;

function checkNames(list: (typeof LISTS)[number], names: readonly unknown[] = []): void {
  const wrong = names.find((name) => !isToken(name));
  if (wrong !== undefined)
    throw new BootstrapError(
      `cors.${list}: ${JSON.stringify(wrong)} is no name. Give one name an item, as in ['x-one', 'x-two'].`,
    );
}

/** With credentials browsers take `*` for a name, and nothing would match. */
function refuseWildcards(options: CorsOptions): void {
  if (options.origin === '*') {
    throw new BootstrapError(
      "cors: browsers refuse credentials together with the origin '*'. Name the origins; origin: true allows every one of them.",
    );
  }
  for (const name of LISTS) {
    if (options[name]?.includes('*'))
      throw new BootstrapError(`cors.${name}: '*' means nothing together with credentials. Name them.`);
  }
}

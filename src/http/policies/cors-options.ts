import { refuseAsync } from '../../errors/boolean-result.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { aList, anything, checkOptions, flag, type OptionRules, wholeNumber } from '../../errors/check-options.js';
import { isToken } from '../message/headers.js';

/** The option `cors` of `create`. */
export interface CorsOptions {
  /**
   * The origins that may read responses: `'*'` for any (the default), origins such as `https://app.example.com`,
   * patterns (anchor them: `/example\.com/` also matches `https://example.com.evil.net`), a synchronous function, or
   * `true`, which names the origin of every request, as `credentials` for any origin requires.
   */
  origin?: string | RegExp | readonly (string | RegExp)[] | true | ((origin: string) => boolean);
  /** Default: the methods of the routes at the path. */
  allowMethods?: readonly string[];
  /** Default: the headers that the browser asks for. */
  allowHeaders?: readonly string[];
  /** The response headers that scripts may read in addition to the CORS-safelisted ones. */
  exposeHeaders?: readonly string[];
  /** Whether requests may include cookies and authentication. */
  credentials?: boolean;
  /** The seconds for which browsers cache the response to a preflight. Browsers' default: 5. */
  maxAge?: number;
}

const RULES: OptionRules<CorsOptions> = {
  origin: { ...anything, expected: 'origins', refusesUndefined: true },
  allowMethods: aList,
  allowHeaders: aList,
  exposeHeaders: aList,
  credentials: flag,
  maxAge: { ...wholeNumber(0), expected: 'a whole number of seconds from 0' },
};

/** @throws BootstrapError for options that are unknown, invalid, or contradict each other. */
export function checkCorsOptions(options: CorsOptions): void {
  checkOptions(options, RULES, 'the option cors');
  const { origin = '*', credentials = false } = options;
  for (const name of LISTS) checkNames(name, options[name]);
  if (Array.isArray(origin) && origin.includes('*')) {
    throw new BootstrapError("cors.origin: '*' must stand alone, not in a list");
  }
  refuseAsync(origin, 'The function cors.origin');
  if (typeof origin !== 'function' && origin !== true) [origin].flat().forEach(checkOrigin);
  if (credentials) refuseWildcards({ ...options, origin });
}

const ORIGIN = /^(?:\*|null|[a-z][a-z\d+.-]*:\/\/[^/?#\s@*]+)$/i;

function checkOrigin(origin: unknown): void {
  if (origin instanceof RegExp || (typeof origin === 'string' && ORIGIN.test(origin))) return;
  throw new BootstrapError(
    `cors.origin: ${JSON.stringify(origin)} is not an origin. Write scheme, host and port without a path or ` +
      'a trailing slash, as in https://app.example.com, or use a RegExp.',
  );
}

const LISTS = ['allowMethods', 'allowHeaders', 'exposeHeaders'] as const;

function checkNames(list: (typeof LISTS)[number], names: readonly unknown[] = []): void {
  const wrong = names.find((name) => !isToken(name));
  if (wrong !== undefined)
    throw new BootstrapError(
      `cors.${list}: ${JSON.stringify(wrong)} is not a name. Write one name per item, as in ['x-one', 'x-two'].`,
    );
}

/** With credentials, browsers take `*` literally as a name, so nothing would match. */
function refuseWildcards(options: CorsOptions): void {
  if (options.origin === '*') {
    throw new BootstrapError(
      "cors: browsers refuse credentials together with the origin '*'. " +
        'List the origins, or allow all with origin: true.',
    );
  }
  for (const name of LISTS) {
    if (options[name]?.includes('*'))
      throw new BootstrapError(`cors.${name}: '*' has no meaning together with credentials. List the names.`);
  }
}

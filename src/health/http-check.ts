import { BootstrapError } from '../errors/bootstrap-error.js';
import { anObject, checkOptions, numberAbove, oneOf, type OptionRules, wholeNumber } from '../errors/check-options.js';
import type { HealthCheck } from './health-check.js';

/** Options of `httpCheck`. */
export interface HttpCheckOptions {
  /** Default: `GET`. */
  readonly method?: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  /** The status that counts as up. Default: any from 200 to 299. Redirects are not followed. */
  readonly status?: number;
  /** Seconds. Defaults to the module's. */
  readonly timeout?: number;
}

const RULES: OptionRules<HttpCheckOptions> = {
  method: oneOf('GET', 'HEAD'),
  headers: anObject,
  status: wholeNumber(200, 599),
  timeout: numberAbove(0, 'seconds'),
};

/**
 * Checks that a URL responds. The body is not read.
 *
 * @param url Absolute, with `http:` or `https:`.
 * @throws BootstrapError for another URL, an unknown option or a wrong value.
 */
export function httpCheck(url: string | URL, options: HttpCheckOptions = {}): HealthCheck {
  checkOptions(options, RULES, 'the options of httpCheck');
  const { method = 'GET', headers = {}, status, timeout } = options;
  if (!isHttp(url))
    throw new BootstrapError(
      "httpCheck takes an absolute URL without credentials, such as 'https://status.example.com/ping'. The option " +
        'headers may have them.',
    );
  return {
    ...(timeout !== undefined && { timeout }),
    check: async ({ signal }) => {
      const response = await fetch(url, { method, headers, signal, redirect: 'manual' });
      await response.body?.cancel();
      const isUp = status === undefined ? response.ok : response.status === status;
      if (!isUp) throw new Error(`It responded with ${response.status}`);
    },
  };
}

function isHttp(url: unknown): boolean {
  if ((typeof url !== 'string' && !(url instanceof URL)) || !URL.canParse(String(url))) return false;
  const { protocol, username, password } = new URL(url);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

import { describeValue } from '../../errors/describe-value.js';
import { BadRequestException } from '../../errors/exceptions.js';
import { plainHeaders, refuseUnknownNames } from '../../errors/option-names.js';
import { brand } from '../../shared/brand.js';
import { Response, type ResponseOptions } from './response.js';

/** The options of a `RedirectResponse`. */
export interface RedirectOptions extends Omit<ResponseOptions, 'mediaType'> {
  /** 301, 302, 303, 307 or 308. Default: 307, which keeps the method and the body. */
  statusCode?: number;
  /** Accepts only paths of this site, as in `/account?tab=1`, so that a location from the caller can't leave it. */
  local?: boolean;
}

const NAMES: ReadonlySet<string> = new Set<keyof RedirectOptions>(['statusCode', 'headers', 'local']);

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/**
 * Redirects the client to a location.
 *
 * Characters that are not allowed in a URL are percent-encoded, also line breaks and backslashes, which browsers read
 * as slashes. Existing percent-encoding stays. Check a location that comes from the caller, or set the option `local`.
 *
 * @throws BadRequestException for a location of another site if it must be `local`.
 * @throws RangeError for a status that is not a redirect.
 * @throws TypeError for a location that is neither a string nor a URL, and for an unknown option.
 */
export class RedirectResponse extends Response<null> {
  constructor(location: string | URL, options: RedirectOptions = {}) {
    refuseUnknownNames(options, NAMES, 'the options of a RedirectResponse');
    const { statusCode = 307, headers, local = false } = options;
    if (typeof local !== 'boolean')
      throw new TypeError(`RedirectResponse: local takes true or false, not ${describeValue(local)}`);
    if (!REDIRECTS.includes(statusCode)) {
      throw new RangeError(`RedirectResponse takes one of the statuses ${REDIRECTS.join(', ')}, not ${statusCode}`);
    }
    if (typeof location !== 'string' && !(location instanceof URL)) {
      throw new TypeError(`RedirectResponse takes a location, not ${describeValue(location)}`);
    }
    const encoded = encodeLocation(String(location));
    // Two slashes are followed by a host. Backslashes are encoded already.
    if (local && !/^\/(?!\/)/.test(encoded)) throw new BadRequestException('The location is not a path of this site');
    super(null, { statusCode, headers: { ...plainHeaders(headers, 'of a Response'), location: encoded } });
  }
}
brand(RedirectResponse, 'RedirectResponse');

// All characters that RFC 3986 does not allow in a URI.
const UNSAFE = /[^\x21-\x7e]|["<>\\^`{|}]/gu;

function encodeLocation(location: string): string {
  return location.toWellFormed().replace(UNSAFE, encodeURIComponent);
}

import { plainHeaders, refuseUnknownNames } from '../../errors/check-options.js';
import { describeValue } from '../../errors/describe-value.js';
import { BadRequestException } from '../../errors/exceptions.js';
import { brand } from '../../shared/brand.js';
import { Response, type ResponseOptions } from './response.js';

/** What a `RedirectResponse` takes beside its location. */
export interface RedirectOptions extends Omit<ResponseOptions, 'mediaType'> {
  /** 301, 302, 303, 307 or 308; 307 unless given, which keeps method and body. */
  statusCode?: number;
  /**
   * Takes nothing but a path of this site, as in `/account?tab=1`: a location that came from the caller can't lead to
   * another one.
   */
  local?: boolean;
}

const NAMES: ReadonlySet<string> = new Set<keyof RedirectOptions>(['statusCode', 'headers', 'local']);

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/**
 * Sends the client to another place.
 *
 * The location is percent-encoded where it must be, so that neither a line break nor a backslash, which browsers
 * read as a slash, gets through; what is percent-encoded already stays as it is. Whether a location that came from
 * the caller may be gone to is for the program to decide, or for the option `local`.
 *
 * @throws BadRequestException for another site's location where it has to be `local`.
 * @throws RangeError for a status that is no redirect.
 * @throws TypeError for a location that is neither text nor a URL, and for an unknown option.
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
    // Behind two slashes there is a host; a backslash is encoded by now.
    if (local && !/^\/(?!\/)/.test(encoded)) throw new BadRequestException('The location is no path of this site');
    super(null, { statusCode, headers: { ...plainHeaders(headers, 'of a Response'), location: encoded } });
  }
}
brand(RedirectResponse, 'RedirectResponse');

const LONE_SURROGATE = /[\ud800-\udfff]/gu;
// All but the characters that RFC 3986 lets stand in a URI.
const UNSAFE = /[^\x21-\x7e]|["<>\\^`{|}]/gu;

function encodeLocation(location: string): string {
  return location.replace(LONE_SURROGATE, '\ufffd').replace(UNSAFE, encodeURIComponent);
}

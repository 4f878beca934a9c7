import type { IncomingMessage, RequestListener } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';

/** The host names that requests to a local server may use. */
export interface HostOptions {
  /** The host that the server listens on. */
  readonly host: string;
  /** More names to accept, without a port. */
  readonly allowedHosts?: readonly string[];
}

/**
 * Refuses requests for other hosts, which protects against DNS rebinding. A web page can make its own name resolve to
 * this machine while a developer reads it. It is then of the same origin as the local server, and only the host name in
 * its requests gives it away.
 */
export function forKnownHosts(options: HostOptions, listener: RequestListener): RequestListener {
  const isKnown = knownHost(options);
  return (request, response) => {
    const foreign = hostsOf(request).find((host) => !isKnown(host));
    if (foreign === undefined) return listener(request, response);
    response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(
      'This server only accepts requests for this machine, ' +
        `not for the host ${JSON.stringify(foreign.slice(0, 100))}. ` +
        'Use localhost, or add the name to "allowedHosts" (--allowed-hosts) if it is yours.\n',
    );
  };
}

/**
 * Returns every host that a request names: those of its Host headers, and that of an absolute URL in its request line.
 * Browsers send the same name in both; an attacker's program may not.
 */
function hostsOf({ rawHeaders, url = '' }: IncomingMessage): string[] {
  const headers = rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]!.toLowerCase() === 'host');
  const [, inLine] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url) ?? [];
  return [...(headers.length === 0 ? [''] : headers), ...(inLine === undefined ? [] : [inLine])];
}

function knownHost({ host, allowedHosts = [] }: HostOptions): (given: string) => boolean {
  const everywhere = host === '0.0.0.0' || host === '::';
  const own = everywhere ? [hostname(), `${hostname()}.local`] : [host];
  const names = new Set([...own, ...allowedHosts].map(nameIn));
  return (given) => {
    const name = nameIn(given);
    // DNS rebinding needs a name: a request for an IP address comes from a client that knows this machine.
    return name !== undefined && (isLoopback(name) || names.has(name) || (everywhere && isIP(name) !== 0));
  };
}

/** Returns a host without its port, normalized, or `undefined` when it is not a host. */
function nameIn(host: string): string | undefined {
  const literal = host.includes(':') && isIP(host) === 6 ? `[${host}]` : host;
  if (!/^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(literal) || !URL.canParse(`http://${literal}`))
    return undefined;
  return new URL(`http://${literal}`).hostname.replace(/\.$/, '').replace(/^\[(.*)\]$/, '$1');
}

function isLoopback(name: string): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    /^127\.\d+\.\d+\.\d+$/.test(name) ||
    /^::ffff:7f[\da-f]{2}:/.test(name)
  );
}

/**
 * Whether a web page in a browser sent the request: browsers add an `Origin` or `Sec-Fetch-Site` header to every POST.
 * APIs that take events or messages without credentials must refuse such requests, or any page that a developer visits
 * could send them.
 */
export function comesFromPage({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
}

import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { hostname } from 'node:os';

/**
 * Makes a server listen, and gives its address for a client on this machine.
 *
 * @param port 0 takes a free one.
 * @throws Error saying so when the port is taken.
 */
export function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? taken(port, error) : error),
    );
    server.listen(port, host, () => resolve(urlOf(host, (server.address() as AddressInfo).port)));
  });
}

function taken(port: number, cause: Error): Error {
  return new Error(
    `Port ${port} is taken by another program: choose one with the option "port", or end that program.`,
    { cause },
  );
}

function urlOf(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/**
 * Refuses new connections, ends idle ones, and resolves when the requests under way have been answered. Without the
 * sweep, connections whose last request is answered meanwhile would stay open for their keep-alive time.
 */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), 20);
    server.close(() => {
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** By what names a server on this machine may be asked. */
export interface HostOptions {
  /** What it listens on. */
  readonly host: string;
  /** Further names, without a port. */
  readonly allowedHosts?: readonly string[];
}

/**
 * Refuses requests that are for another host. A page can have its own name resolve to this machine while a developer
 * reads it (DNS rebinding), and then it is of one origin with whatever listens here: only the name that it asks for
 * gives it away.
 */
export function forKnownHosts(options: HostOptions, listener: RequestListener): RequestListener {
  const isKnown = knownHost(options);
  return (request, response) => {
    const foreign = hostsOf(request).find((host) => !isKnown(host));
    if (foreign === undefined) listener(request, response);
    else refuse(response, foreign);
  };
}

/**
 * Every host that a request names: its line's is what the header says, unless it comes from a program that wants
 * something.
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
    // An address can't be rebound: whoever names it is there already.
    return name !== undefined && (isLoopback(name) || names.has(name) || (everywhere && isIP(name) !== 0));
  };
}

/** A host without its port, in one spelling; `undefined` for what is none. */
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

function refuse(response: ServerResponse, host: string): void {
  response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(
    `This server answers for this machine alone, and was asked as ${JSON.stringify(host.slice(0, 100))}. ` +
      'Ask localhost, or start it with "allowedHosts" (--allowed-hosts) if that is a name of yours.\n',
  );
}

/**
 * Whether a page in a browser sends the request: it says its origin with every POST, and how that is related to this
 * server. What takes events or messages without asking for credentials must refuse it, or any page that a developer
 * visits could send some.
 */
export function comesFromPage({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forKnownHosts } from './refused-requests.js';
import type { Terminal } from './terminal.js';

/**
 * Starts listening, and returns the URL for clients on this machine.
 *
 * @param port The port; 0 picks a free one.
 * @throws Error when the port is in use.
 */
export function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const inUse = `Port ${port} is already in use: choose another with the option "port", or stop that program.`;
      reject(cause.code === 'EADDRINUSE' ? new Error(inUse, { cause }) : cause);
    });
    server.listen(port, host, () => resolve(urlOf(host, (server.address() as AddressInfo).port)));
  });
}

function urlOf(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/**
 * Refuses new connections, closes idle ones, and resolves when all requests in flight have their responses. Without the
 * sweep, connections that become idle meanwhile would stay open for their keep-alive time.
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

/** A server for clients on this machine. */
interface LoopbackServer {
  readonly url: string;
  /** Refuses further requests, and resolves when the current ones have their responses. */
  readonly close: () => Promise<void>;
}

interface LoopbackOptions {
  /** The thing that is served, as in `the queues`, for the message about a request that failed. */
  readonly what: string;
  /** Default: a free port. */
  readonly port?: number | undefined;
  readonly terminal: Terminal;
}

const LOOPBACK = '127.0.0.1';

/**
 * Starts a server on the loopback interface, as the emulators of AWS's services have it.
 *
 * @param handle Sends the response. A request that it fails is aborted.
 * @throws Error when the port is in use.
 */
export async function startLoopbackServer(
  { what, port = 0, terminal }: LoopbackOptions,
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<unknown>,
): Promise<LoopbackServer> {
  const server = createServer(
    forKnownHosts({ host: LOOPBACK }, (request, response) => {
      handle(request, response).catch((error: unknown) => {
        terminal.error(`A request to ${what} failed`, error);
        response.destroy();
      });
    }),
  );
  return { url: await listen(server, port, LOOPBACK), close: () => closeServer(server) };
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { forKnownHosts } from './allowed-hosts.js';
import { closeServer, listen } from './listen.js';
import type { Terminal } from './terminal.js';

/** A server for clients on this machine. */
export interface LoopbackServer {
  readonly url: string;
  /** Refuses further requests, and resolves when the current ones have their responses. */
  readonly close: () => Promise<void>;
}

interface LoopbackOptions {
  /** What is served, as in `the queues`, for the message about a request that failed. */
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

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Makes a server listen, and gives its address for a client on this machine.
 *
 * @param port 0 takes a free one.
 * @throws Error saying so when the port is taken.
 */
export function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? taken(port, error) : error));
    server.listen(port, host, () => resolve(urlOf(host, (server.address() as AddressInfo).port)));
  });
}

function taken(port: number, cause: Error): Error {
  return new Error(`Port ${port} is taken by another program: choose one with the option "port", or end that program.`, { cause });
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

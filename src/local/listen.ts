import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

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

import { once } from 'node:events';
import { createServer, globalAgent, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { CERTIFICATE, PRIVATE_KEY } from './loopback-certificate.js';

/** Publishes key sets over HTTPS on 127.0.0.1, as issuers do. */
export class JwksServer {
  /** The paths that were asked for. */
  readonly requests: string[] = [];
  /** Responds to requests with a text; throws for a 500. */
  respond: (path: string) => string | Promise<string> = () => '{"keys":[]}';
  readonly #server: Server;

  private constructor() {
    this.#server = createServer({ cert: CERTIFICATE, key: PRIVATE_KEY }, (request, response) => {
      this.requests.push(request.url ?? '');
      Promise.resolve()
        .then(() => this.respond(request.url ?? ''))
        .then(
          (text) => response.setHeader('content-type', 'application/json').end(text),
          () => response.writeHead(500).end(),
        );
    });
  }

  static async start(): Promise<JwksServer> {
    const server = new JwksServer();
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    globalAgent.options.ca = CERTIFICATE;
    return server;
  }

  get url(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  publish(jwks: object): void {
    this.respond = () => JSON.stringify(jwks);
  }

  async close(): Promise<void> {
    delete globalAgent.options.ca;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

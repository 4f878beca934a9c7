import { once } from 'node:events';
import { createServer, globalAgent, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { CERTIFICATE, PRIVATE_KEY } from './loopback-certificate.js';

/** Publishes key sets over HTTPS on 127.0.0.1, as issuers do. */
export class JwksServer {
  /** The paths that were asked for. */
  readonly requests: string[] = [];
  /** Responds to requests with a text, or `undefined` for a 404; throws for a 500. */
  respond: (path: string) => string | undefined | Promise<string | undefined> = () => '{"keys":[]}';
  /** Where all requests are redirected to; nowhere unless set. */
  redirect: string | undefined;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer({ cert: CERTIFICATE, key: PRIVATE_KEY }, (request, response) => {
      this.requests.push(request.url ?? '');
      if (this.redirect !== undefined) {
        response.writeHead(302, { location: this.redirect + request.url }).end();
        return;
      }
      Promise.resolve()
        .then(() => this.respond(request.url ?? ''))
        .then(
          (text) =>
            text === undefined
              ? response.writeHead(404).end()
              : response.setHeader('content-type', 'application/json').end(text),
          () => response.writeHead(500).end(),
        );
    });
  }

  /** @param port Of a server that was closed. */
  static async start(port = 0): Promise<JwksServer> {
    const server = new JwksServer();
    server.#server.listen(port, '127.0.0.1');
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

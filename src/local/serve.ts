import { createServer, type RequestListener } from 'node:http';
import { checkOptions } from '../errors/option-rules.js';
import { banner } from './banner.js';
import type { Terminal } from './exchange.js';
import type { HandlerTarget } from './handler-of.js';
import { invokedFunction } from './invoke-api.js';
import { forKnownHosts } from './known-hosts.js';
import { closeServer, listen } from './loopback-server.js';
import { openTarget } from './open-target.js';
import { SERVE_RULES, type ServeOptions, sourceOf } from './serve-options.js';

/** A server that stands in for AWS's front doors, on this machine. */
export interface LocalServer {
  readonly url: string;
  /** Refuses new connections, ends idle ones, and resolves when the requests and invocations under way are done. */
  close(): Promise<void>;
}

const SILENT: Terminal = { log: () => undefined, error: () => undefined };

/**
 * Serves a Lambda function over HTTP, as one of AWS's front doors would: each request becomes an event of that
 * service, each result what the service makes of it, mistakes included.
 *
 * Any other event is taken at the path of Lambda's own API, `POST /2015-03-31/functions/<name>/invocations`, as
 * `aws lambda invoke --endpoint-url` sends it.
 *
 * @param target the application, or a handler `(event, context)`; with `streaming`, `(event, stream, context)`.
 * @throws BootstrapError when there is no handler, or an option is wrong.
 */
export async function serve(target: HandlerTarget, options: ServeOptions = {}): Promise<LocalServer> {
  checkOptions(options, SERVE_RULES, 'serve()');
  const { port = 3000, host = 'localhost', allowedHosts = [], routes, example } = options;
  const source = sourceOf(options);
  const terminal = options.quiet === true ? SILENT : (options.terminal ?? console);
  const { gateway, invokeApi } = openTarget(target, options, terminal);
  const listener: RequestListener = (request, response) => {
    void (invokedFunction(request) === undefined ? gateway : invokeApi).handle(request, response);
  };
  const server = createServer(forKnownHosts({ host, allowedHosts }, listener));
  const url = await listen(server, port, host);
  terminal.log(banner({ url, source, ...(routes && { routes }), ...(example && { example }) }));
  return { url, close: () => closeServer(server).then(() => invokeApi.idle()) };
}

import { createServer } from 'node:http';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../errors/refuse-unknown-options.js';
import { installAwsLambda } from './aws-lambda-global.js';
import { banner, type BannerRoute } from './banner.js';
import type { Terminal } from './exchange.js';
import { Gateway } from './gateway.js';
import type { HandlerTarget } from './handler-of.js';
import { InvokeApi, isInvocation } from './invoke-api.js';
import { closeServer, listen } from './loopback-server.js';
import { SOURCE_NAMES, SOURCES, type Source } from './sources.js';

/** What `serve` takes beside the application. */
export interface ServeOptions {
  /** 3000 unless given; 0 takes a free one. */
  port?: number;
  /** `localhost` unless given. */
  host?: string;
  /** The service to stand in for: `v2` unless given, `function-url` where `streaming` is asked for. */
  source?: Source;
  /** The function's timeout in seconds, 30 unless given. */
  timeout?: number;
  /** A named stage, for API Gateway. */
  stage?: string;
  /** Calls the streaming handler, and passes on what it writes as it comes. */
  streaming?: boolean;
  /** The setting of a REST API, such as `['image/*']`; none unless given. */
  binaryMediaTypes?: readonly string[];
  /** For the banner. */
  routes?: readonly BannerRoute[];
  /** A command to try, made for the address, for the banner. */
  example?: (url: string) => string;
  /** Prints nothing. */
  quiet?: boolean;
  /** Where to print: the banner with `log`, problems with `error`; the console unless given. */
  terminal?: Terminal;
}

const OPTIONS: readonly (keyof ServeOptions)[] = [
  'port', 'host', 'source', 'timeout', 'stage', 'streaming', 'binaryMediaTypes', 'routes', 'example', 'quiet', 'terminal',
];

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
  refuseUnknownOptions(options, OPTIONS, 'serve()');
  const { port = 3000, host = 'localhost', routes, example } = options;
  const source = sourceOf(options);
  const terminal = options.quiet === true ? SILENT : (options.terminal ?? console);
  const gateway = openGateway(target, source, terminal, options);
  const invokeApi = openInvokeApi(target, terminal, options);
  const server = createServer((request, response) => {
    void (isInvocation(request) ? invokeApi : gateway).handle(request, response);
  });
  const url = await listen(server, port, host);
  terminal.log(banner({ url, source, ...(routes && { routes }), ...(example && { example }) }));
  return { url, close: () => closeServer(server).then(() => invokeApi.idle()) };
}

function sourceOf({ source, streaming = false }: ServeOptions): Source {
  const name = source ?? (streaming ? 'function-url' : 'v2');
  if (!SOURCE_NAMES.includes(name)) {
    throw new BootstrapError(`serve() knows no source "${name}"; the sources are ${SOURCE_NAMES.join(', ')}.`);
  }
  if (streaming && !SOURCES[name].open().streams) {
    throw new BootstrapError(`The source "${name}" passes on no streams; take function-url or v1, or leave out "streaming".`);
  }
  return name;
}

function openGateway(target: HandlerTarget, name: Source, terminal: Terminal, options: ServeOptions): Gateway {
  const { streaming = false, timeout = 30, stage, binaryMediaTypes } = options;
  if (streaming) installAwsLambda();
  const source = SOURCES[name];
  const door = source.open(binaryMediaTypes);
  return new Gateway(target, { source, door, terminal, streaming, timeout: timeout * 1000, stage });
}

function openInvokeApi(target: HandlerTarget, terminal: Terminal, { streaming = false, timeout = 30 }: ServeOptions): InvokeApi {
  return new InvokeApi(target, { streaming, timeout: timeout * 1000, terminal });
}

import { createServer, type RequestListener } from 'node:http';
import { BootstrapError } from '../errors/bootstrap-error.js';
import {
  aList,
  anObject,
  anything,
  callable,
  checkOptions,
  flag,
  listOf,
  numberAbove,
  type Rules,
  text,
  wholeNumber,
} from '../errors/check-options.js';
import { banner, type BannerRoute } from './banner.js';
import { Gateway } from './doors/gateway.js';
import { type Source, sourceNamed, SOURCES } from './doors/sources.js';
import type { HandlerTarget } from './invoke/call-function.js';
import { InvokeApi, invokedFunction } from './invoke/invoke-api.js';
import { installAwsLambda } from './invoke/response-stream.js';
import { closeServer, forKnownHosts, listen } from './loopback-server.js';
import type { Terminal } from './terminal.js';

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

/** The two ways to a function: HTTP requests that become events, and events as they are. */
export interface OpenTarget {
  readonly gateway: Gateway;
  readonly invokeApi: InvokeApi;
}

/** @throws BootstrapError when there is no handler, or an option is wrong. */
export function openTarget(target: HandlerTarget, options: ServeOptions, terminal: Terminal): OpenTarget {
  const { streaming = false, timeout: seconds = 30, stage, binaryMediaTypes } = options;
  if (streaming) installAwsLambda();
  const source = SOURCES[sourceOf(options)];
  const shared = { streaming, timeout: seconds * 1000, terminal };
  return {
    gateway: new Gateway(target, { ...shared, source, door: source.open(binaryMediaTypes), stage }),
    invokeApi: new InvokeApi(target, shared),
  };
}

/** What `serve` takes beside the application. */
export interface ServeOptions {
  /** 3000 unless given; 0 takes a free one. */
  port?: number;
  /** `localhost` unless given. */
  host?: string;
  /**
   * Names besides `localhost` and `host` that requests may ask for, such as a tunnel's; others are refused, for a page
   * of another site might be behind them.
   */
  allowedHosts?: readonly string[];
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

const SERVE_RULES: Rules<ServeOptions> = {
  port: wholeNumber(0, 65_535),
  host: text,
  allowedHosts: listOf(text),
  source: anything,
  timeout: numberAbove(0, 'seconds'),
  stage: text,
  streaming: flag,
  binaryMediaTypes: listOf(text),
  routes: aList,
  example: callable,
  quiet: flag,
  terminal: anObject,
};

/**
 * The service that the options name.
 *
 * @throws BootstrapError when there is none of that name, or it does not stream where that is asked for.
 */
export function sourceOf({ source, streaming = false }: ServeOptions): Source {
  const name = sourceNamed(source ?? (streaming ? 'function-url' : 'v2'));
  if (streaming && !SOURCES[name].open().streams) {
    throw new BootstrapError(
      `The source "${name}" passes on no streams; take function-url or v1, or leave out "streaming".`,
    );
  }
  return name;
}

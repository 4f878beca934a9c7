import { createServer } from 'node:http';
import { descriptionOf } from '../application/described-handler.js';
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
  type OptionRules,
  text,
  wholeNumber,
} from '../errors/check-options.js';
import { banner, type BannerRoute } from './banner.js';
import { Gateway } from './doors/gateway.js';
import { type Source, sourceNamed, SOURCES } from './doors/sources.js';
import type { HandlerTarget } from './invoke/handler-target.js';
import { InvokeApi, invokedFunction } from './invoke/invoke-api.js';
import { installAwsLambda } from './invoke/response-stream.js';
import { closeServer, listen } from './listen.js';
import { forKnownHosts } from './refused-requests.js';
import { SILENT, type Terminal } from './terminal.js';

/** A running emulator. */
export interface LocalServer {
  readonly url: string;
  /** Refuses new connections, closes idle ones, and resolves when all requests and invocations in flight are done. */
  close(): Promise<void>;
}

/**
 * Serves a Lambda function over HTTP, emulating one of AWS's HTTP services. Each request becomes an event of that
 * service, and each result becomes the response that the service would make of it, errors included.
 *
 * Events of other sources go to the path of Lambda's Invoke API, `POST /2015-03-31/functions/<name>/invocations`, where
 * `aws lambda invoke --endpoint-url` sends them.
 *
 * @param target The application, or a handler `(event, context)`; with `streaming`, `(event, stream, context)`.
 * @throws BootstrapError when there is no handler, or an option is wrong.
 */
export async function serve(target: HandlerTarget, options: ServeOptions = {}): Promise<LocalServer> {
  checkOptions(options, SERVE_RULES, 'serve()');
  const { port, host, source, allowedHosts = [], example } = completeOptions(options);
  const terminal = options.quiet === true ? SILENT : (options.terminal ?? console);
  const { gateway, invokeApi } = openTarget(target, options, terminal);
  const server = createServer(
    forKnownHosts({ host, allowedHosts }, (request, response) => {
      void (invokedFunction(request) === undefined ? gateway : invokeApi).handle(request, response);
    }),
  );
  const url = await listen(server, port, host);
  // Not described for nobody to read.
  const routes = options.routes ?? (options.quiet === true ? [] : routesOf(target));
  terminal.log(banner({ url, source, routes, ...(example && { example }) }));
  return { url, close: () => closeServer(server).then(() => invokeApi.idle()) };
}

/** Returns the routes of an application; none of any other handler, or if a module is known only once it is loaded. */
function routesOf(target: HandlerTarget): readonly BannerRoute[] {
  try {
    const { routes = [] } = descriptionOf(typeof target === 'function' ? target : target.handler) ?? {};
    return routes.map(({ method, path, handler, guarded }) => ({ method, path, handler, guarded }));
  } catch {
    return [];
  }
}

/** The two ways to call a function: with HTTP requests, which become events, and with events as they are. */
export interface OpenTarget {
  readonly gateway: Gateway;
  readonly invokeApi: InvokeApi;
}

/** @throws BootstrapError when there is no handler, or an option is wrong. */
export function openTarget(target: HandlerTarget, options: ServeOptions, terminal: Terminal): OpenTarget {
  const { streaming = false, timeout: seconds, source: name, stage, binaryMediaTypes } = completeOptions(options);
  if (streaming) installAwsLambda();
  const source = SOURCES[name];
  const shared = { streaming, timeout: seconds * 1000, terminal };
  return {
    gateway: new Gateway(target, { ...shared, source, door: source.open(binaryMediaTypes), stage }),
    invokeApi: new InvokeApi(target, shared),
  };
}

/** Options of `serve`. */
export interface ServeOptions {
  /** The port to listen on. Defaults to 3000; 0 picks a free port. */
  port?: number;
  /** The host to listen on. Defaults to `localhost`. */
  host?: string;
  /**
   * Host names to accept besides `localhost` and `host`, such as the name of a tunnel. Requests for other hosts are
   * refused, because a page of another site might have sent them.
   */
  allowedHosts?: readonly string[];
  /** The service to emulate. Defaults to `v2`, or to `function-url` with `streaming`. */
  source?: Source;
  /** The function's timeout in seconds. Defaults to 30. */
  timeout?: number;
  /** The name of an API Gateway stage. */
  stage?: string;
  /** Calls the streaming handler, and streams its response to the client as it is written. */
  streaming?: boolean;
  /** The binary media types of a REST API, such as `['image/*']`. Defaults to none. */
  binaryMediaTypes?: readonly string[];
  /** Routes to list in the banner. Defaults to those of the application. */
  routes?: readonly BannerRoute[];
  /** Returns the command that the banner suggests to try, for the URL of the server. */
  example?: (url: string) => string;
  /** Prints nothing. */
  quiet?: boolean;
  /** The terminal: the banner goes to `log`, problems to `error`. Defaults to the console. */
  terminal?: Terminal;
}

const SERVE_RULES: OptionRules<ServeOptions> = {
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

/** Options with a port, a host, a timeout and a source. */
export type CompleteServeOptions = ServeOptions & Required<Pick<ServeOptions, 'port' | 'host' | 'timeout' | 'source'>>;

/**
 * Fills in the defaults.
 *
 * @throws BootstrapError when the source does not exist, or cannot stream although `streaming` is set.
 */
export function completeOptions(options: ServeOptions): CompleteServeOptions {
  const { port = 3000, host = 'localhost', timeout = 30 } = options;
  return { ...options, port, host, timeout, source: sourceOf(options) };
}

function sourceOf({ source, streaming = false }: ServeOptions): Source {
  const name = sourceNamed(source ?? (streaming ? 'function-url' : 'v2'));
  if (streaming && !SOURCES[name].open().streams) {
    throw new BootstrapError(
      `The source "${name}" does not support streaming: use function-url or v1, or leave out "streaming".`,
    );
  }
  return name;
}

import { BootstrapError } from '../errors/bootstrap-error.js';
import {
  aList,
  anything,
  callable,
  flag,
  listOf,
  numberAbove,
  record,
  type Rules,
  text,
  wholeNumber,
} from '../errors/option-rules.js';
import type { BannerRoute } from './banner.js';
import type { Terminal } from './exchange.js';
import { sourceNamed, SOURCES, type Source } from './sources.js';

/** What `serve` takes beside the application. */
export interface ServeOptions {
  /** 3000 unless given; 0 takes a free one. */
  port?: number;
  /** `localhost` unless given. */
  host?: string;
  /** Names besides `localhost` and `host` that requests may ask for, such as a tunnel's; others are refused, for a page of another site might be behind them. */
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

export const SERVE_RULES: Rules<ServeOptions> = {
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
  terminal: record,
};

/**
 * The service that the options name.
 *
 * @throws BootstrapError when there is none of that name, or it does not stream where that is asked for.
 */
export function sourceOf({ source, streaming = false }: ServeOptions): Source {
  const name = sourceNamed(source ?? (streaming ? 'function-url' : 'v2'));
  if (streaming && !SOURCES[name].open().streams) {
    throw new BootstrapError(`The source "${name}" passes on no streams; take function-url or v1, or leave out "streaming".`);
  }
  return name;
}

import { aList, callable, checkCallOptions, text } from '../errors/check-options.js';
import { type Source, SOURCES } from './doors/sources.js';
import { table } from './table.js';

/** A route in the banner's table. */
export interface BannerRoute {
  method: string;
  path: string;
  /** The controller method, such as `OrdersController.list`. */
  handler?: string;
  /** Whether a guard may refuse callers. A route that everyone may call is tried first. */
  guarded?: boolean;
}

/** The content of the banner about a server. */
export interface BannerContent {
  url: string;
  source: Source;
  routes?: readonly BannerRoute[];
  /**
   * Returns a command to try, for the URL. Defaults to a GET of a route, preferably one without guards and without
   * parameters; without such a route there is none.
   */
  example?: (url: string) => string;
}

/** Formats what a server prints when it starts: its URL, its routes and a command to try. */
export function banner(content: BannerContent): string {
  checkCallOptions(content, { url: text, source: text, routes: aList, example: callable }, 'the content of the banner');
  const { url, source, routes = [], example } = content;
  const blocks = [
    listening(url, source),
    table(routes.map(routeRow), '  '),
    attempt(example ? example(url) : curl(url, routes)),
  ];
  return `\n${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** Says where a server listens, and what it emulates. */
export function listening(url: string, source: Source): string {
  return `Listening on ${url} (emulating ${SOURCES[source].open().title})`;
}

export function routeRow({ method, path, handler = '' }: BannerRoute): string[] {
  return [method, path, handler];
}

function attempt(command: string | undefined): string {
  return command === undefined ? '' : `Try: ${command}`;
}

/**
 * Returns a command for a GET of a route, if there is one: of one that everyone may call, if possible. Uses a
 * parameter's name as its value: routes with constraints or wildcards have no obvious value to try.
 */
export function curl(url: string, routes: readonly BannerRoute[]): string | undefined {
  const known = routes.filter(({ method, path }) => method === 'GET' && !/[{*(]/.test(path));
  const open = known.filter(({ guarded }) => guarded !== true);
  const paths = (open.length > 0 ? open : known).map(({ path }) => path);
  const path = paths.find((each) => !each.includes(':')) ?? paths[0];
  return path && `curl -i ${url}${path.replaceAll(/:(\w+)\??/g, '$1')}`;
}

import { aList, callable, checkCallOptions, text } from '../errors/check-options.js';
import { type Source, SOURCES } from './doors/sources.js';
import { table } from './terminal.js';

/** A line of the table of routes. */
export interface BannerRoute {
  method: string;
  path: string;
  /** What answers, such as `OrdersController.list`. */
  handler?: string;
}

/** What the lines on a terminal tell of a server. */
export interface BannerContent {
  url: string;
  source: Source;
  routes?: readonly BannerRoute[];
  /** A command to try, made for the address; a GET of a route, one without parameters if there is one, unless given. */
  example?: (url: string) => string;
}

/** What is printed at the start: the address, the routes and a command to try. */
export function banner(content: BannerContent): string {
  checkCallOptions(content, { url: text, source: text, routes: aList, example: callable }, 'the content of the banner');
  const { url, source, routes = [], example } = content;
  const blocks = [
    `Listening on ${url} (emulating ${SOURCES[source].open().title})`,
    table(
      routes.map(({ method, path, handler }) => [method, path, handler ?? '']),
      '  ',
    ),
    `Try: ${example ? example(url) : curl(url, routes)}`,
  ];
  return `\n${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** A parameter is called by its own name then; what a constraint or a wildcard takes is anybody's guess. */
function curl(url: string, routes: readonly BannerRoute[]): string {
  const paths = routes.filter(({ method, path }) => method === 'GET' && !/[{*(]/.test(path)).map(({ path }) => path);
  const path = paths.find((each) => !each.includes(':')) ?? paths[0] ?? '/';
  return `curl -i ${url}${path.replaceAll(/:(\w+)\??/g, '$1')}`;
}

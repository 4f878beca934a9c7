import { BootstrapError } from '../errors/bootstrap-error.js';
import { HTTP_METHODS, type HttpMethod } from '../shared/http-method.js';
import { PlainRecord } from '../shared/plain-record.js';
import { splitPath, withoutTrailingSlash } from './paths.js';
import {
  type Endpoint,
  type Endpoints,
  type Route,
  type RouteMethod,
  RouteNode,
  Search,
  type Visit,
} from './route-node.js';
import { namesIn, type RouteSegment } from './route-segment.js';

/** Options for matching paths, with Fastify's names and defaults. */
export interface RouterOptions {
  /** Whether a trailing slash is ignored. If not, `/a/` and `/a` are different, in patterns as well. */
  readonly ignoreTrailingSlash: boolean;
  /** Whether the text of a pattern is case-sensitive. The values of parameters always keep their case. */
  readonly caseSensitive: boolean;
}

export const STRICT: RouterOptions = { ignoreTrailingSlash: false, caseSensitive: true };

export interface RouteMatch<T> {
  readonly target: T;
  /** The path parameters by name, each decoded once, without optional ones that the path omits. */
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Finds the route of a method and a path.
 *
 * Of the matching patterns with a route for the method, the most specific wins, whatever the order in which they were
 * added: from left to right, a static segment before a constrained parameter, a parameter and a wildcard. Case and a
 * trailing slash count unless the options say otherwise. Only a wildcard takes empty segments, but not as its first
 * one: `/p//q` is `{proxy+}` with the value `p//q`, as in API Gateway.
 *
 * All patterns are a tree of segments. Most of a path is static, and a look-up spends its time splitting it and hashing
 * each piece, so an index finds the node behind the longest static prefix as a whole. A percent-encoded path is
 * searched from the root.
 */
export class Router<T> {
  readonly #root = new RouteNode<T>();
  readonly #index = new Map([['', this.#root]]);
  /** The length of the longest path in the index. */
  #longest = 0;

  constructor(readonly options: RouterOptions = STRICT) {}

  /**
   * Adds a route at its planned paths. The same method and path can be added once per version.
   *
   * @returns Another route that matches the same requests, in whose place this one is not added.
   */
  add(route: Route<T>, paths: readonly (readonly RouteSegment[])[]): Route<T> | undefined {
    for (const segments of paths) {
      const holder = this.#endpointsAt(segments).add({ route, names: segments.flatMap(namesIn) }).route;
      if (holder !== route) return holder;
    }
    return undefined;
  }

  /**
   * Finds the most specific route for the method, or for ALL. Routes of the version come before unversioned ones. HEAD
   * uses the route of GET if it has none of its own.
   *
   * @param path Percent-encoded, with a leading `/`, without query.
   * @throws BadRequestException for malformed percent-encoding.
   */
  match(method: HttpMethod, path: string, version?: string): RouteMatch<T> | undefined {
    return this.#visit(path, (endpoints, values) => {
      const endpoint = endpoints.find(method, version);
      return endpoint && { target: endpoint.route.target, params: paramsOf(endpoint, values) };
    });
  }

  /**
   * Lists the methods that have a route at the path, of any version. HEAD comes with GET.
   *
   * @throws BadRequestException for malformed percent-encoding.
   */
  allowed(path: string): HttpMethod[] {
    const methods = new Set<RouteMethod>();
    this.#visit(path, (endpoints) => {
      for (const method of endpoints.methods()) methods.add(method);
      return undefined;
    });
    if (methods.size === 0) return [];
    if (methods.has('GET')) methods.add('HEAD');
    return HTTP_METHODS.filter((method) => methods.has(method) || methods.has('ALL'));
  }

  /**
   * Lists the targets of all routes at the path, of any method and version, the most specific first.
   *
   * @throws BadRequestException for malformed percent-encoding.
   */
  targets(path: string): T[] {
    const targets: T[] = [];
    this.#visit(path, (endpoints) => {
      targets.push(...endpoints.targets());
      return undefined;
    });
    return targets;
  }

  /** Returns the endpoints of a path. Creates missing nodes. */
  #endpointsAt(segments: readonly RouteSegment[]): Endpoints<T> {
    let node = this.#root;
    let path: string | undefined = '';
    for (const segment of segments) {
      if (typeof segment === 'object' && 'isWildcard' in segment) return node.wildcardEndpoints();
      node = node.child(segment);
      path = path === undefined ? undefined : longerPath(path, segment);
      if (path !== undefined) this.#addToIndex(path, node);
    }
    return node.endpointsHere();
  }

  /**
   * Visits the patterns that match a path, the most specific first, until a visit returns a result.
   *
   * @throws BadRequestException for malformed percent-encoding.
   */
  #visit<R>(given: string, visit: Visit<T, R>): R | undefined {
    const path = this.options.ignoreTrailingSlash || given === '/' ? withoutTrailingSlash(given) : given;
    if (path.includes('%')) return this.#root.search(this.#searchFor(splitPath(path, 0), visit), 0);
    // The longest static prefix first, in the order in which the tree would be searched.
    // Paths without percent-encoding are ASCII, so lower case keeps their length.
    const key = this.options.caseSensitive ? path : path.toLowerCase();
    let end = path.length <= this.#longest ? path.length : path.lastIndexOf('/', this.#longest);
    for (;;) {
      const node = this.#index.get(key.slice(0, end));
      // All in one function, because a path passes here several times.
      if (node) {
        const { lastParameter } = node;
        let found: R | undefined;
        if (end === path.length) found = node.endpoints && visit(node.endpoints, NO_VALUES);
        else if (!lastParameter) found = node.dynamic ? this.#searchBelow(node, path, end, visit) : undefined;
        else if (path.lastIndexOf('/') === end && end + 1 < path.length)
          found = visit(lastParameter, [path.slice(end + 1)]);
        if (found !== undefined) return found;
      }
      if (end <= 0) return undefined;
      end = path.lastIndexOf('/', end - 1);
    }
  }

  #searchBelow<R>(node: RouteNode<T>, path: string, from: number, visit: Visit<T, R>): R | undefined {
    return node.searchDynamic(this.#searchFor(splitPath(path, from), visit), 0);
  }

  #searchFor<R>(segments: readonly string[], visit: Visit<T, R>): Search<T, R> {
    return this.options.caseSensitive
      ? new Search(segments, visit)
      : new Search(segments, visit, segments.map(lowerCase));
  }

  #addToIndex(path: string, node: RouteNode<T>): void {
    this.#index.set(path, node);
    this.#longest = Math.max(this.#longest, path.length);
  }
}

function paramsOf({ names }: Endpoint<unknown>, values: readonly string[]): Readonly<Record<string, string>> {
  const params = new PlainRecord<string>();
  for (let index = 0; index < names.length; index++) params[names[index] as string] = values[index] as string;
  return params;
}

/** Appends a static segment to a path. Returns `undefined` for others, and if only an encoded path can match. */
function longerPath(path: string, segment: RouteSegment): string | undefined {
  return typeof segment === 'string' && !segment.includes('%') && !segment.includes('/')
    ? `${path}/${segment}`
    : undefined;
}

const NO_VALUES: readonly string[] = [];

function lowerCase(text: string): string {
  return text.toLowerCase();
}

/**
 * Adds a route to the router.
 *
 * @param paths The segments of its pattern; several lists if some segments are optional.
 * @param describe Names a target in error messages, as in `OrdersController.get`.
 * @throws BootstrapError if another route matches the same requests.
 */
export function addRoute<T>(
  router: Router<T>,
  route: Route<T>,
  paths: readonly (readonly RouteSegment[])[],
  describe: (target: T) => string,
): void {
  const first = router.add(route, paths);
  if (!first) return;
  const version = route.version === undefined ? '' : ` in version ${route.version}`;
  const both =
    first.pattern === route.pattern
      ? ` ${first.pattern}`
      : `: some path matches "${first.pattern}" and "${route.pattern}", and neither is more specific`;
  throw new BootstrapError(
    `${describe(first.target)} and ${describe(route.target)} both handle ${route.method}${both}${version}. ` +
      'Change the method, path or version of one.',
  );
}

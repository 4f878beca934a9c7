import type { HttpMethod } from '../metadata/class-record.js';
import { PlainRecord } from '../shared/plain-record.js';
import type { Endpoint, Route, RouteMatch, RouteMethod } from './endpoints.js';
import { namesIn, type RouteSegment } from './route-segment.js';
import { type RouterOptions, RouteTree, STRICT } from './route-tree.js';

const METHODS: readonly HttpMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Finds the route of a method and a path.
 *
 * Of the matching patterns with a route for the method, the most specific wins, whatever the order in which they were
 * added: from left to right, a static segment before a constrained parameter, a parameter and a wildcard. Case and a
 * trailing slash count unless the options say otherwise. Only a wildcard takes empty segments, but not as its first
 * one: `/p//q` is `{proxy+}` with the value `p//q`, as in API Gateway.
 */
export class Router<T> {
  readonly #tree: RouteTree<T>;

  constructor(readonly options: RouterOptions = STRICT) {
    this.#tree = new RouteTree<T>(options);
  }

  /**
   * Adds a route at its planned paths. The same method and path can be added once per version.
   *
   * @returns Another route that matches the same requests, in whose place this one is not added.
   */
  add(route: Route<T>, paths: readonly (readonly RouteSegment[])[]): Route<T> | undefined {
    for (const segments of paths) {
      const holder = this.#tree.endpointsAt(segments).add({ route, names: segments.flatMap(namesIn) }).route;
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
    return this.#tree.visit(path, (endpoints, values) => {
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
    this.#tree.visit(path, (endpoints) => {
      for (const method of endpoints.methods()) methods.add(method);
      return undefined;
    });
    if (methods.has('GET')) methods.add('HEAD');
    return METHODS.filter((method) => methods.has(method) || methods.has('ALL'));
  }

  /**
   * Lists the targets of all routes at the path, of any method and version, the most specific first.
   *
   * @throws BadRequestException for malformed percent-encoding.
   */
  targets(path: string): T[] {
    const targets: T[] = [];
    this.#tree.visit(path, (endpoints) => {
      targets.push(...endpoints.targets());
      return undefined;
    });
    return targets;
  }
}

function paramsOf({ names }: Endpoint<unknown>, values: readonly string[]): Readonly<Record<string, string>> {
  const params = new PlainRecord<string>();
  for (let index = 0; index < names.length; index++) params[names[index] as string] = values[index] as string;
  return params;
}

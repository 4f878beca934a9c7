import { BootstrapError } from '../errors/bootstrap-error.js';
import type { HttpMethod } from '../metadata/class-metadata.js';
import { PlainRecord } from '../shared/plain-record.js';
import type { Endpoint, Route, RouteMatch, RouteMethod } from './endpoints.js';
import { expandOptional, namesIn, parsePattern } from './parse-pattern.js';
import { endsWithSlash } from './paths.js';
import type { PatternSegment } from './pattern-segment.js';
import { type RouterOptions, RouteTree, STRICT } from './route-tree.js';

const METHODS: readonly HttpMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Finds the route of a method and a path.
 *
 * A pattern consists of static segments, parameters (`:id`, `{id}`), constrained parameters (`:id(\\d+)`, `{id:\\d+}`),
 * parameters inside a segment (`:name.:ext`), and a wildcard for one or more last segments (`*rest`, `{proxy+}`, or
 * `*`, whose parameter is named `*`). A `?` after a parameter or a wildcard makes its segment optional.
 *
 * Of the matching patterns with a route for the method, the most specific wins, whatever the order in which they were
 * added: from left to right, a static segment before a constrained parameter, a parameter and a wildcard. Case and a
 * trailing slash count unless the options say otherwise. Only a wildcard takes empty segments, but not as its first
 * one: `/p//q` is `{proxy+}` with the value `p//q`, as in API Gateway.
 */
export class Router<T> {
  readonly #describe: (target: T) => string;
  readonly #routes: Route<T>[] = [];
  readonly #options: RouterOptions;
  readonly #tree: RouteTree<T>;

  /** @param describe Names a target in error messages, as in `OrdersController.get`. */
  constructor(describe: (target: T) => string, options: RouterOptions = STRICT) {
    this.#describe = describe;
    this.#options = options;
    this.#tree = new RouteTree<T>(options);
  }

  /**
   * Adds a route. The same method and pattern can be added once per version.
   *
   * @throws BootstrapError for a malformed pattern, and if another route matches the same requests.
   */
  add(method: RouteMethod, pattern: string, target: T, version?: string): void {
    const route: Route<T> = { method, pattern, target, version };
    const hasSlash = !this.#options.ignoreTrailingSlash && endsWithSlash(pattern);
    for (const found of expandOptional(parsePattern(pattern, this.#describe(target)))) {
      const segments = hasSlash ? withSlash(found) : found;
      const holder = this.#tree.endpointsAt(segments).add({ route, names: segments.flatMap(namesIn) }).route;
      if (holder !== route) throw this.#duplicate(holder, route);
    }
    this.#routes.push(route);
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
      return endpoint && matchOf(endpoint, values);
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

  /** Lists all routes in the order in which they were added. */
  routes(): readonly Route<T>[] {
    return this.#routes;
  }

  #duplicate(first: Route<T>, second: Route<T>): BootstrapError {
    const [one, other] = [this.#describe(first.target), this.#describe(second.target)];
    const version = second.version === undefined ? '' : ` in version ${second.version}`;
    const paths =
      first.pattern === second.pattern
        ? ` ${first.pattern}`
        : `: some path matches "${first.pattern}" and "${second.pattern}", and neither is more specific`;
    return new BootstrapError(
      `${one} and ${other} both handle ${second.method}${paths}${version}. ` +
        'Change the method, the path or the version of one of them.',
    );
  }
}

/** Makes the trailing slash of a pattern an empty segment. A wildcard takes it anyway. */
function withSlash(segments: readonly PatternSegment[]): readonly PatternSegment[] {
  return segments.at(-1)?.parts[0]?.kind === 'wildcard' ? segments : [...segments, EMPTY_SEGMENT];
}

const EMPTY_SEGMENT: PatternSegment = { parts: [{ kind: 'text', text: '' }], optional: false };

function matchOf<T>({ route, names }: Endpoint<T>, values: readonly string[]): RouteMatch<T> {
  return { target: route.target, params: paramsOf(names, values) };
}

function paramsOf(names: readonly string[], values: readonly string[]): Readonly<Record<string, string>> {
  const params = new PlainRecord<string>();
  for (let index = 0; index < names.length; index++) params[names[index] as string] = values[index] as string;
  return params;
}

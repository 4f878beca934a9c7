import { BootstrapError } from '../errors/bootstrap-error.js';
import type { HttpMethod } from '../metadata/class-metadata.js';
import { PlainRecord } from '../shared/plain-record.js';
import type { Endpoint, Route, RouteMatch, RouteMethod } from './endpoints.js';
import { expandOptional, namesIn, parsePattern } from './parse-pattern.js';
import type { PatternSegment } from './pattern-segment.js';
import { type RouterOptions, RouteTree, STRICT } from './route-tree.js';
import { endsWithSlash } from './split-path.js';

const METHODS: readonly HttpMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Finds the route of a method and a path.
 *
 * A pattern is made of static segments, parameters (`:id`, `{id}`), constrained parameters (`:id(\\d+)`, `{id:\\d+}`),
 * parameters inside a segment (`:name.:ext`), and a wildcard for one or more last segments (`*rest`, `{proxy+}`, or
 * `*`, whose parameter is named `*`). A `?` after a parameter or a wildcard makes its segment optional.
 *
 * Of the patterns that match and have a route for the method, the most specific wins, whatever the order they were
 * added in: from left to right, a static segment before a constrained one before a parameter before a wildcard. Case
 * counts, and so does a slash at the end, unless the options say otherwise. Only a wildcard takes empty segments, and
 * never as its first one: `/p//q` is `{proxy+}` with the value `p//q`, as in API Gateway.
 */
export class Router<T> {
  readonly #describe: (target: T) => string;
  readonly #routes: Route<T>[] = [];
  readonly #options: RouterOptions;
  readonly #tree: RouteTree<T>;

  /** @param describe names a target in error messages, as in `OrdersController.get` */
  constructor(describe: (target: T) => string, options: RouterOptions = STRICT) {
    this.#describe = describe;
    this.#options = options;
    this.#tree = new RouteTree<T>(options);
  }

  /**
   * Adds a route; the same method and pattern may be added once a version.
   *
   * @throws BootstrapError when the pattern is malformed, or another route answers the same requests.
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
   * The most specific route for the method, or for ALL; with a version, routes of that version come before
   * unversioned ones. HEAD is answered by GET's route where it has none of its own.
   *
   * @param path percent-encoded, starts with `/`, without query
   * @throws BadRequestException when the percent-encoding is malformed.
   */
  match(method: HttpMethod, path: string, version?: string): RouteMatch<T> | undefined {
    return this.#tree.visit(path, (endpoints, values) => {
      const endpoint = endpoints.find(method, version);
      return endpoint && matchOf(endpoint, values);
    });
  }

  /**
   * The methods that some route answers at the path, of whatever version; HEAD comes with GET.
   *
   * @throws BadRequestException when the percent-encoding is malformed.
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
   * The targets of all routes at the path, whatever method and version; the most specific first.
   *
   * @throws BadRequestException when the percent-encoding is malformed.
   */
  targets(path: string): T[] {
    const targets: T[] = [];
    this.#tree.visit(path, (endpoints) => {
      targets.push(...endpoints.targets());
      return undefined;
    });
    return targets;
  }

  /** Every route in the order it was added. */
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
      `${one} and ${other} both answer ${second.method}${paths}${version}. ` +
        'Change the method, the path or the version of one of them.',
    );
  }
}

/** A pattern's own slash at its end is a segment without text; a wildcard takes what stands there. */
function withSlash(segments: readonly PatternSegment[]): readonly PatternSegment[] {
  return segments.at(-1)?.parts[0]?.kind === 'wildcard' ? segments : [...segments, NOTHING];
}

const NOTHING: PatternSegment = { parts: [{ kind: 'text', text: '' }], optional: false };

function matchOf<T>({ route, names }: Endpoint<T>, values: readonly string[]): RouteMatch<T> {
  return { target: route.target, params: paramsOf(names, values) };
}

function paramsOf(names: readonly string[], values: readonly string[]): Readonly<Record<string, string>> {
  const params = new PlainRecord<string>();
  for (let index = 0; index < names.length; index++) params[names[index] as string] = values[index] as string;
  return params;
}

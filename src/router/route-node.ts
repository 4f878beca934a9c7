import type { HttpMethod } from '../shared/http-method.js';
import type { RouteSegment, TestedSegment } from './route-segment.js';

export type RouteMethod = HttpMethod | 'ALL';

/** A route of the router. */
export interface Route<T> {
  readonly method: RouteMethod;
  readonly pattern: string;
  readonly target: T;
  readonly version: string | undefined;
}

/** A route at the end of one of its patterns, with the names of the values on the way there. */
export interface Endpoint<T> {
  readonly route: Route<T>;
  readonly names: readonly string[];
}

/** The routes of one pattern, by version and method. */
export class Endpoints<T> {
  // A list: scanning a few endpoints is faster than a map, and a thousand routes don't need thousands of maps.
  readonly #all: Endpoint<T>[] = [];

  /** Adds an endpoint unless there is one with the same method and version. Returns the endpoint in that place. */
  add(endpoint: Endpoint<T>): Endpoint<T> {
    const { method, version } = endpoint.route;
    const before = this.#at(method, version);
    if (!before) this.#all.push(endpoint);
    return before ?? endpoint;
  }

  /** Finds the exact version before an unversioned route, and of these the method itself, GET for HEAD, then ALL. */
  find(method: RouteMethod, version: string | undefined): Endpoint<T> | undefined {
    return (
      this.#at(method, version) ??
      (method === 'HEAD' ? this.#at('GET', version) : undefined) ??
      this.#at('ALL', version) ??
      (version === undefined ? undefined : this.find(method, undefined))
    );
  }

  *methods(): Iterable<RouteMethod> {
    for (const { route } of this.#all) yield route.method;
  }

  *targets(): Iterable<T> {
    for (const { route } of this.#all) yield route.target;
  }

  #at(method: RouteMethod, version: string | undefined): Endpoint<T> | undefined {
    for (let index = 0; index < this.#all.length; index++) {
      const endpoint = this.#all[index] as Endpoint<T>;
      if (endpoint.route.method === method && endpoint.route.version === version) return endpoint;
    }
    return undefined;
  }
}

/**
 * Called at the end of every pattern that matches, the most specific first, until it returns a result.
 * `values` has one for every name of the pattern first; whatever stands behind them means nothing.
 */
export type Visit<T, R> = (endpoints: Endpoints<T>, values: readonly string[]) => R | undefined;

/** One look-up on its way through the tree. */
export class Search<T, R> {
  /**
   * The values that the parameters up to here have taken: the first `taken`; behind them may stand what was given back.
   */
  readonly values: string[];
  taken = 0;

  /**
   * @param segments Decoded.
   * @param keys The segments as static ones are looked up: in lower case where case doesn't count.
   */
  constructor(
    readonly segments: readonly string[],
    readonly visit: Visit<T, R>,
    readonly keys: readonly string[] = segments,
  ) {
    this.values = new Array<string>(segments.length);
  }

  take(value: string): void {
    this.values[this.taken++] = value;
  }
}

/**
 * The patterns that share their segments up to this node.
 *
 * A look-up goes depth first: static, tested, parameter, wildcard, then back if a branch has no match. Each node has a
 * single parent, so a look-up visits it at most once, however it backtracks.
 */
export class RouteNode<T> {
  /** The endpoints of paths that end here, created by {@link endpointsHere}. */
  endpoints: Endpoints<T> | undefined;
  /** Whether {@link searchDynamic} could find anything. */
  dynamic = false;
  // Created when first needed, because most nodes have only one of these.
  #static: Map<string, RouteNode<T>> | undefined;
  #tested: { test: SegmentTest; node: RouteNode<T> }[] | undefined;
  #parameter: RouteNode<T> | undefined;
  #wildcard: Endpoints<T> | undefined;

  /** The endpoints of a parameter that ends all paths below this node: `/orders/:id` needs no search. */
  get lastParameter(): Endpoints<T> | undefined {
    if (this.#tested !== undefined || this.#wildcard !== undefined) return undefined;
    const child = this.#parameter;
    return child && child.#static === undefined && !child.dynamic ? child.endpoints : undefined;
  }

  /** Returns the node for a segment that is not a wildcard. Creates a missing one. */
  child(segment: RouteSegment): RouteNode<T> {
    if (typeof segment === 'string') return this.#staticChild(segment);
    this.dynamic = true;
    return 'source' in segment ? this.#testedChild(segment) : (this.#parameter ??= new RouteNode());
  }

  /** Returns the endpoints of paths that end here. */
  endpointsHere(): Endpoints<T> {
    return (this.endpoints ??= new Endpoints());
  }

  /** Returns the endpoints of a wildcard that takes everything from here. */
  wildcardEndpoints(): Endpoints<T> {
    this.dynamic = true;
    return (this.#wildcard ??= new Endpoints());
  }

  search<R>(search: Search<T, R>, index: number): R | undefined {
    const segment = search.segments[index];
    if (segment === undefined) return this.endpoints && search.visit(this.endpoints, search.values);
    return (
      this.#static?.get(search.keys[index] as string)?.search(search, index + 1) ?? this.searchDynamic(search, index)
    );
  }

  /**
   * Searches all but the static children. There must be a segment at `index`.
   *
   * Parameters take no empty segment, and wildcards don't start with one, so that a value never looks like an absolute
   * path.
   */
  searchDynamic<R>(search: Search<T, R>, index: number): R | undefined {
    if (search.segments[index] === '') return undefined;
    return (
      this.#searchTested(search, index) ?? this.#searchParameter(search, index) ?? this.#searchWildcard(search, index)
    );
  }

  #searchTested<R>(search: Search<T, R>, index: number): R | undefined {
    if (!this.#tested) return undefined;
    const depth = search.taken;
    for (const { test, node } of this.#tested) {
      if (!test.read(search.segments[index] as string, search)) continue;
      const found = node.search(search, index + 1);
      if (found !== undefined) return found;
      search.taken = depth;
    }
    return undefined;
  }

  #searchParameter<R>(search: Search<T, R>, index: number): R | undefined {
    if (!this.#parameter) return undefined;
    search.take(search.segments[index] as string);
    const found = this.#parameter.search(search, index + 1);
    if (found === undefined) search.taken--;
    return found;
  }

  #searchWildcard<R>(search: Search<T, R>, index: number): R | undefined {
    if (!this.#wildcard) return undefined;
    search.take(search.segments.slice(index).join('/'));
    const found = search.visit(this.#wildcard, search.values);
    if (found === undefined) search.taken--;
    return found;
  }

  #staticChild(text: string): RouteNode<T> {
    this.#static ??= new Map();
    let child = this.#static.get(text);
    if (!child) this.#static.set(text, (child = new RouteNode()));
    return child;
  }

  #testedChild(segment: TestedSegment): RouteNode<T> {
    this.#tested ??= [];
    const existing = this.#tested.find(({ test }) => test.segment.source === segment.source);
    if (existing) return existing.node;
    const node = new RouteNode<T>();
    this.#tested.push({ test: new SegmentTest(segment), node });
    this.#tested.sort((a, b) => b.test.segment.precision - a.test.segment.precision);
    return node;
  }
}

/** The regular expression of a segment. */
class SegmentTest {
  readonly #expression: RegExp;

  constructor(readonly segment: TestedSegment) {
    this.#expression = new RegExp(`^${segment.source}$`);
  }

  /** Tests a segment. If it matches, passes the values of the parameters to `search`. */
  read(segment: string, search: { take(value: string): void }): boolean {
    const found = this.#expression.exec(segment);
    if (!found) return false;
    for (const group of this.segment.groups) search.take(found[group] as string);
    return true;
  }
}

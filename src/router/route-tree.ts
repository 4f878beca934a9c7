import { Endpoints } from './endpoints.js';
import { lastSlash, splitPath, withoutTrailingSlash } from './paths.js';
import type { RouteSegment, TestedSegment } from './route-segment.js';

/** How strictly paths are matched, with Fastify's options and defaults. */
export interface RouterOptions {
  /** Whether a trailing slash is ignored. If not, `/a/` and `/a` are different, in patterns as well. */
  readonly ignoreTrailingSlash: boolean;
  /** Whether the text of a pattern is case-sensitive. The values of parameters always keep their case. */
  readonly caseSensitive: boolean;
}

export const STRICT: RouterOptions = { ignoreTrailingSlash: false, caseSensitive: true };

/**
 * All patterns as a tree of segments, with an index of the nodes behind static segments.
 *
 * Most of a path is static, and a look-up spends its time splitting it and hashing each piece. The index finds the
 * longest static prefix as a whole. A percent-encoded path is searched from the root.
 */
export class RouteTree<T> {
  readonly #options: RouterOptions;
  readonly #root = new RouteNode<T>();
  readonly #index = new Map([['', this.#root]]);
  /** The length of the longest path in the index. */
  #longest = 0;

  constructor(options: RouterOptions) {
    this.#options = options;
  }

  /** Returns the endpoints of a path. Creates missing nodes. */
  endpointsAt(segments: readonly RouteSegment[]): Endpoints<T> {
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
  visit<R>(path: string, visit: Visit<T, R>): R | undefined {
    const wanted = this.#options.ignoreTrailingSlash || path === '/' ? withoutTrailingSlash(path) : path;
    if (!wanted.includes('%')) return this.#visitByIndex(wanted, visit);
    return this.#root.search(this.#searchFor(splitPath(wanted, 0), visit), 0);
  }

  /** Tries the longest static prefix first, in the order in which the tree would be searched. */
  #visitByIndex<R>(path: string, visit: Visit<T, R>): R | undefined {
    // Paths without percent-encoding are ASCII, so lower case keeps their length.
    const key = this.#options.caseSensitive ? path : path.toLowerCase();
    let end = path.length <= this.#longest ? path.length : lastSlash(path, this.#longest);
    while (end >= 0) {
      const node = this.#index.get(key.slice(0, end));
      const found = node && this.#visitFrom(node, { path, from: end }, visit);
      if (found !== undefined) return found;
      end = lastSlash(path, end - 1);
    }
    return undefined;
  }

  #visitFrom<R>(node: RouteNode<T>, { path, from }: { path: string; from: number }, visit: Visit<T, R>): R | undefined {
    if (from === path.length) return node.endpoints && visit(node.endpoints, NO_VALUES);
    const { lastParameter } = node;
    if (lastParameter) {
      const hasValue = from + 1 < path.length && lastSlash(path, path.length - 1) === from;
      return hasValue ? visit(lastParameter, [path.slice(from + 1)]) : undefined;
    }
    return node.dynamic ? node.searchDynamic(this.#searchFor(splitPath(path, from), visit), 0) : undefined;
  }

  #searchFor<R>(segments: readonly string[], visit: Visit<T, R>): Search<T, R> {
    return this.#options.caseSensitive
      ? new Search(segments, visit)
      : new Search(segments, visit, segments.map(lowerCase));
  }

  #addToIndex(path: string, node: RouteNode<T>): void {
    this.#index.set(path, node);
    this.#longest = Math.max(this.#longest, path.length);
  }
}

/** Appends a static segment to a path. Returns `undefined` for others, and if only an encoded path can match. */
function longerPath(path: string, segment: RouteSegment): string | undefined {
  return typeof segment === 'string' && !/[%/]/.test(segment) ? `${path}/${segment}` : undefined;
}

const NO_VALUES: readonly string[] = [];

function lowerCase(text: string): string {
  return text.toLowerCase();
}

/**
 * Called at the end of every pattern that matches, the most specific first, until it returns a result.
 * `values` has one for every name of the pattern first; whatever stands behind them means nothing.
 */
type Visit<T, R> = (endpoints: Endpoints<T>, values: readonly string[]) => R | undefined;

/** One look-up on its way through the tree. */
class Search<T, R> {
  /** What the parameters up to here have taken: the first `taken`; behind them may stand what was given back. */
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
class RouteNode<T> {
  /** The endpoints of paths that end here, created by {@link endpointsHere}. */
  endpoints: Endpoints<T> | undefined;
  // Created when first needed, because most nodes have only one of these.
  #static: Map<string, RouteNode<T>> | undefined;
  #tested: { test: SegmentTest; node: RouteNode<T> }[] | undefined;
  #parameter: RouteNode<T> | undefined;
  #wildcard: Endpoints<T> | undefined;

  /** Whether {@link searchDynamic} could find anything. */
  get dynamic(): boolean {
    return this.#parameter !== undefined || this.#wildcard !== undefined || this.#tested !== undefined;
  }

  /** The endpoints of a parameter that ends all paths below this node: `/orders/:id` needs no search. */
  get lastParameter(): Endpoints<T> | undefined {
    if (this.#tested !== undefined || this.#wildcard !== undefined) return undefined;
    const child = this.#parameter;
    return child && child.#static === undefined && !child.dynamic ? child.endpoints : undefined;
  }

  /** Returns the node for a segment that is not a wildcard. Creates a missing one. */
  child(segment: RouteSegment): RouteNode<T> {
    if (typeof segment === 'string') return this.#staticChild(segment);
    return 'source' in segment ? this.#testedChild(segment) : (this.#parameter ??= new RouteNode());
  }

  /** Returns the endpoints of paths that end here. */
  endpointsHere(): Endpoints<T> {
    return (this.endpoints ??= new Endpoints());
  }

  /** Returns the endpoints of a wildcard that takes everything from here. */
  wildcardEndpoints(): Endpoints<T> {
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
export class SegmentTest {
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

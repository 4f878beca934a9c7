import type { Endpoints } from './endpoints.js';
import type { PatternSegment } from './pattern-segment.js';
import type { RouterOptions } from './router-options.js';
import { RouteNode, Search, type Visit } from './route-node.js';
import { lastSlash, splitPath, withoutTrailingSlash } from './split-path.js';

/**
 * Every pattern, as a tree of segments, with an index of the nodes that static segments lead to.
 *
 * Most of a path is static, and cutting it up and hashing every piece is what a look-up costs: the index finds
 * the longest static beginning in one piece. A path that is percent-encoded goes through the tree from its root.
 */
export class RouteTree<T> {
  readonly #options: RouterOptions;
  readonly #root = new RouteNode<T>();
  readonly #index = new Map([['', this.#root]]);
  /** Characters of the longest path in the index. */
  #longest = 0;

  constructor(options: RouterOptions) {
    this.#options = options;
  }

  /** Where the routes of a pattern are kept; the way there is made when it is new. */
  endpointsAt(segments: readonly PatternSegment[]): Endpoints<T> {
    let node = this.#root;
    let path: string | undefined = '';
    for (const segment of this.#options.caseSensitive ? segments : segments.map(inAnyCase)) {
      if (segment.parts[0]?.kind === 'wildcard') return node.wildcardEndpoints();
      node = node.child(segment);
      path = path === undefined ? undefined : longerPath(path, segment);
      if (path !== undefined) this.#addToIndex(path, node);
    }
    return node.endpointsHere();
  }

  /**
   * Visits the patterns that match a path, the most specific first, until a visit has a result.
   *
   * @throws BadRequestException when the percent-encoding is malformed.
   */
  visit<R>(path: string, visit: Visit<T, R>): R | undefined {
    const wanted = this.#options.ignoreTrailingSlash || path === '/' ? withoutTrailingSlash(path) : path;
    if (!wanted.includes('%')) return this.#visitByIndex(wanted, visit);
    return this.#root.search(this.#searchFor(splitPath(wanted, 0), visit), 0);
  }

  /** The longest static beginning goes first: that is the order in which the tree would be searched. */
  #visitByIndex<R>(path: string, visit: Visit<T, R>): R | undefined {
    // Paths are percent-encoded where they are not ASCII, so that each letter has one in lower case.
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
    return node.dynamic ? node.searchDynamic(this.#searchFor(splitPath(path, from), visit), 0) : undefined;
  }

  #searchFor<R>(segments: readonly string[], visit: Visit<T, R>): Search<T, R> {
    return this.#options.caseSensitive ? new Search(segments, visit) : new Search(segments, visit, segments.map(lowerCase));
  }

  #addToIndex(path: string, node: RouteNode<T>): void {
    this.#index.set(path, node);
    this.#longest = Math.max(this.#longest, path.length);
  }
}

/** A path with one more static segment; `undefined` when it has none, or one that only an encoded path can match. */
function longerPath(path: string, { parts }: PatternSegment): string | undefined {
  const [part, ...others] = parts;
  const plain = others.length === 0 && part?.kind === 'text' && !/[%/]/.test(part.text);
  return plain ? `${path}/${part.text}` : undefined;
}

const NO_VALUES: readonly string[] = [];

function lowerCase(text: string): string {
  return text.toLowerCase();
}

/** A segment whose text is found in any case. Constraints of parameters stay as they are: they say what a value may be. */
function inAnyCase(segment: PatternSegment): PatternSegment {
  const parts = segment.parts.map((part) => (part.kind === 'text' ? { ...part, text: lowerCase(part.text), anyCase: true } : part));
  return { ...segment, parts };
}

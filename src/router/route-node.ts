import { sizedArray } from '../shared/sized-array.js';
import { Endpoints } from './endpoints.js';
import type { PatternSegment } from './pattern-segment.js';
import { SegmentTest } from './segment-test.js';

/**
 * Called at the end of every pattern that matches, the most specific first, until it returns a result.
 * `values` has one for every name of the pattern first; whatever stands behind them means nothing.
 */
export type Visit<T, R> = (endpoints: Endpoints<T>, values: readonly string[]) => R | undefined;

/** One look-up on its way through the tree. */
export class Search<T, R> {
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
    this.values = sizedArray(segments.length);
  }

  take(value: string): void {
    this.values[this.taken++] = value;
  }
}

/**
 * The patterns that share their segments up to here.
 *
 * A look-up goes depth first: static, tested, parameter, wildcard, and back when a branch leads nowhere.
 * One way leads to each node, so that a look-up sees a node once at most, however it backtracks.
 */
export class RouteNode<T> {
  /** Where a path ends here: {@link endpointsHere} makes them. */
  endpoints: Endpoints<T> | undefined;
  // Most nodes have one of these: none is made before there is something for it to hold.
  #static: Map<string, RouteNode<T>> | undefined;
  #tested: { test: SegmentTest; node: RouteNode<T> }[] | undefined;
  #parameter: RouteNode<T> | undefined;
  #wildcard: Endpoints<T> | undefined;

  /** Whether {@link searchDynamic} could find anything. */
  get dynamic(): boolean {
    return this.#parameter !== undefined || this.#wildcard !== undefined || this.#tested !== undefined;
  }

  /** The node behind a segment that is no wildcard, made when it is new. */
  child(segment: PatternSegment): RouteNode<T> {
    const [part, ...others] = segment.parts;
    if (others.length === 0 && part?.kind === 'text') return this.#staticChild(part.text);
    if (others.length === 0 && part?.kind === 'parameter' && part.constraint === undefined) {
      return (this.#parameter ??= new RouteNode());
    }
    return this.#testedChild(new SegmentTest(segment.parts));
  }

  /** What answers when a path ends here. */
  endpointsHere(): Endpoints<T> {
    return (this.endpoints ??= new Endpoints());
  }

  /** What answers when a wildcard takes everything from here. */
  wildcardEndpoints(): Endpoints<T> {
    return (this.#wildcard ??= new Endpoints());
  }

  search<R>(search: Search<T, R>, index: number): R | undefined {
    const segment = search.segments[index];
    if (segment === undefined) return this.endpoints && search.visit(this.endpoints, search.values);
    return this.#static?.get(search.keys[index] as string)?.search(search, index + 1) ?? this.searchDynamic(search, index);
  }

  /**
   * Searches everything but the static children; there is a segment at `index`.
   *
   * No parameter takes an empty segment, and no wildcard begins with one: its value never looks like an absolute path.
   */
  searchDynamic<R>(search: Search<T, R>, index: number): R | undefined {
    if (search.segments[index] === '') return undefined;
    return this.#searchTested(search, index) ?? this.#searchParameter(search, index) ?? this.#searchWildcard(search, index);
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

  #testedChild(test: SegmentTest): RouteNode<T> {
    this.#tested ??= [];
    const existing = this.#tested.find((other) => other.test.source === test.source);
    if (existing) return existing.node;
    const node = new RouteNode<T>();
    this.#tested.push({ test, node });
    this.#tested.sort((a, b) => SegmentTest.compare(a.test, b.test));
    return node;
  }
}

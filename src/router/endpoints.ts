import type { Route, RouteMethod } from './route.js';

/** A route at the end of one of its patterns, with the names of the values found on the way. */
export interface Endpoint<T> {
  readonly route: Route<T>;
  readonly names: readonly string[];
}

/** What one pattern answers, by version and method. */
export class Endpoints<T> {
  readonly #versions = new Map<string | undefined, Map<RouteMethod, Endpoint<T>>>();

  /** Adds an endpoint unless its place is taken, and returns the one that has the place. */
  add(endpoint: Endpoint<T>): Endpoint<T> {
    const { method, version } = endpoint.route;
    let methods = this.#versions.get(version);
    if (!methods) this.#versions.set(version, (methods = new Map()));
    const before = methods.get(method);
    if (!before) methods.set(method, endpoint);
    return before ?? endpoint;
  }

  /** The exact version before an unversioned route, and within these a method of its own, GET for HEAD, then ALL. */
  find(method: RouteMethod, version: string | undefined): Endpoint<T> | undefined {
    const exact = version === undefined ? undefined : this.#pick(version, method);
    return exact ?? this.#pick(undefined, method);
  }

  get empty(): boolean {
    return this.#versions.size === 0;
  }

  *methods(): Iterable<RouteMethod> {
    for (const methods of this.#versions.values()) yield* methods.keys();
  }

  #pick(version: string | undefined, method: RouteMethod): Endpoint<T> | undefined {
    const methods = this.#versions.get(version);
    if (!methods) return undefined;
    const asGet = method === 'HEAD' ? methods.get('GET') : undefined;
    return methods.get(method) ?? asGet ?? methods.get('ALL');
  }
}

import type { Route, RouteMethod } from './route.js';

/** A route at the end of one of its patterns, with the names of the values found on the way. */
export interface Endpoint<T> {
  readonly route: Route<T>;
  readonly names: readonly string[];
}

type Methods<T> = Map<RouteMethod, Endpoint<T>>;

/** What one pattern answers, by version and method. */
export class Endpoints<T> {
  readonly #unversioned: Methods<T> = new Map();
  readonly #versions = new Map<string, Methods<T>>();

  /** Adds an endpoint unless its place is taken, and returns the one that has the place. */
  add(endpoint: Endpoint<T>): Endpoint<T> {
    const { method, version } = endpoint.route;
    const methods = this.#of(version);
    const before = methods.get(method);
    if (!before) methods.set(method, endpoint);
    return before ?? endpoint;
  }

  /** The exact version before an unversioned route, and within these a method of its own, GET for HEAD, then ALL. */
  find(method: RouteMethod, version: string | undefined): Endpoint<T> | undefined {
    const exact = version === undefined ? undefined : this.#versions.get(version);
    return (exact && pick(exact, method)) ?? pick(this.#unversioned, method);
  }

  *methods(): Iterable<RouteMethod> {
    yield* this.#unversioned.keys();
    for (const methods of this.#versions.values()) yield* methods.keys();
  }

  #of(version: string | undefined): Methods<T> {
    if (version === undefined) return this.#unversioned;
    let methods = this.#versions.get(version);
    if (!methods) this.#versions.set(version, (methods = new Map()));
    return methods;
  }
}

function pick<T>(methods: Methods<T>, method: RouteMethod): Endpoint<T> | undefined {
  const asGet = method === 'HEAD' ? methods.get('GET') : undefined;
  return methods.get(method) ?? asGet ?? methods.get('ALL');
}

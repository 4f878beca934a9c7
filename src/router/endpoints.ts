import type { HttpMethod } from '../metadata/class-record.js';

export type RouteMethod = HttpMethod | 'ALL';

/** A route of the router. */
export interface Route<T> {
  readonly method: RouteMethod;
  readonly pattern: string;
  readonly target: T;
  readonly version: string | undefined;
}

export interface RouteMatch<T> {
  readonly target: T;
  /** The path parameters by name, each decoded once, without optional ones that the path omits. */
  readonly params: Readonly<Record<string, string>>;
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
    const own = this.#at(method, version) ?? (method === 'HEAD' ? this.#at('GET', version) : undefined);
    const found = own ?? this.#at('ALL', version);
    return found ?? (version === undefined ? undefined : this.find(method, undefined));
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

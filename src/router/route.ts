import type { HttpMethod } from '../metadata/class-metadata.js';

export type RouteMethod = HttpMethod | 'ALL';

/** What was added to the router. */
export interface Route<T> {
  readonly method: RouteMethod;
  readonly pattern: string;
  readonly target: T;
  readonly version: string | undefined;
}

export interface RouteMatch<T> {
  readonly target: T;
  /** Path parameters by name, each decoded once; an optional one that the path leaves out is missing. */
  readonly params: Readonly<Record<string, string>>;
}

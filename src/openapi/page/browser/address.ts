/** The address of a page, and what the document says of it. */
export interface PagePlace {
  /** The page's address. */
  readonly href: string;
  /** The path of its route, such as `/docs`. */
  readonly page: string;
  /** The addresses of the document's servers. */
  readonly servers: readonly string[];
}

/**
 * Returns the address of an operation on a server of the document.
 *
 * Servers that are paths, such as base paths, are below the stage that the page is served under.
 */
export function operationAddress(server: string, path: string, place: PagePlace): URL {
  const base = withoutSlash(server);
  return new URL((/^https?:/i.test(server) ? base : stageOf(place) + base) + path, place.href);
}

/** The prefix of the page's path that is neither its route nor a base path: a stage, or nothing. */
function stageOf({ href, page, servers }: PagePlace): string {
  const path = withoutSlash(new URL(href).pathname);
  const route = withoutSlash(page);
  const prefix = path.endsWith(route) ? path.slice(0, path.length - route.length) : '';
  return prefix.slice(0, prefix.length - servedBase(prefix, servers).length);
}

/** Returns the longest of the document's base paths that the prefix ends with. */
function servedBase(prefix: string, servers: readonly string[]): string {
  const bases = servers.map(withoutSlash).filter((base) => base.startsWith('/') && prefix.endsWith(base));
  return bases.toSorted((one, other) => other.length - one.length)[0] ?? '';
}

/** Returns the server under which the page itself is served, to start with. */
export function ownServer({ href, page, servers }: PagePlace): string | undefined {
  const path = withoutSlash(new URL(href).pathname);
  const prefix = path.slice(0, path.length - withoutSlash(page).length);
  const base = servedBase(prefix, servers);
  return servers.find((server) => base !== '' && withoutSlash(server) === base);
}

function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}

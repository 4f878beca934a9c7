/** The name of a parameter, and whether it is fetched with all others below the path of the module. */
export interface PlacedName {
  readonly name: string;
  readonly isFetchedByPath: boolean;
}

/** Returns a path with one slash at its end. */
export function pathPrefix(path: string): string {
  return path.replace(/(?<!\/)\/*$/, '/');
}

/** @param prefix The path that relative names are below, as {@link pathPrefix} returns it; `undefined` for none. */
export function placedName(given: string, prefix: string | undefined): PlacedName {
  if (prefix === undefined) return { name: given, isFetchedByPath: false };
  const name = /^\/|^arn:/.test(given) ? given : prefix + given;
  // Parameters that are fetched together have plain names and their latest values. ARNs, versions and labels, which
  // have a colon, are fetched alone.
  return { name, isFetchedByPath: name.startsWith(prefix) && !name.includes(':') };
}

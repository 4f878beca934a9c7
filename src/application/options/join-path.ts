/** Joins paths with single slashes; the result starts with a slash and ends without one. */
export function joinPath(...parts: readonly string[]): string {
  const joined = parts.map(withoutSlashes).filter((part) => part !== '');
  return `/${joined.join('/')}`;
}

function withoutSlashes(part: string): string {
  return part.startsWith('/') || part.endsWith('/') ? part.replace(/^\/+|(?<!\/)\/+$/g, '') : part;
}

/** Joins with single slashes; the result starts with one and ends with none. */
export function joinPath(...parts: readonly string[]): string {
  const joined = parts.map(withoutSlashes).filter((part) => part !== '');
  return `/${joined.join('/')}`;
}

function withoutSlashes(part: string): string {
  return part.startsWith('/') || part.endsWith('/') ? part.replace(/^\/+|(?<!\/)\/+$/g, '') : part;
}

import type { RenderedHeaders } from './rendered-response.js';

/** The members of a comma-separated header without quoted strings, such as `Vary` or `Accept-Encoding`. */
export function listOf(header: string | readonly string[] | undefined): string[] {
  const text = typeof header === 'string' ? header : (header ?? []).join(',');
  return text
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
}

/** Adds names to `Vary`, so that caches keep the variants apart (RFC 9110, 12.5.5). */
export function addVary(headers: RenderedHeaders, ...names: string[]): void {
  if (headers['vary'] === undefined) {
    headers['vary'] = names.join(', ');
    return;
  }
  const before = listOf(headers['vary']);
  if (before.includes('*')) return;
  const known = new Set(before.map((name) => name.toLowerCase()));
  headers['vary'] = [...before, ...names.filter((name) => !known.has(name))].join(', ');
}

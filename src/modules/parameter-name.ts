/** ` (name)` of a parameter as its source says it, for messages; nothing where the source is hard to read. */
export function parameterName(callable: object, index: number): string {
  const source = String(callable);
  const start = source.startsWith('class') ? source.search(/\bconstructor\s*\(/) : 0;
  const list = start < 0 ? undefined : /\(([^()[\]{}]*)\)/.exec(source.slice(start))?.[1];
  const name = list?.split(',')[index]?.split('=')[0]?.trim();
  return name !== undefined && /^[\w$]+$/.test(name) ? ` (${name})` : '';
}

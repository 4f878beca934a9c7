/** A name in a schema, which is looked up when the document is made. */
export class NamedValue {
  constructor(readonly name: string) {}
}

/**
 * Text of JavaScript for data in which names stand for what they are called by.
 *
 * @param local what a name is called in the file.
 */
export function written(value: unknown, local: (name: string) => string): string {
  if (value instanceof NamedValue) return `()=>${local(value.name)}`;
  if (Array.isArray(value)) return `[${value.map((item) => written(item, local)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${keyText(key)}:${written(member, local)}`).join(',')}}`;
}

/** `{ __proto__: … }` would say something else. */
function keyText(key: string): string {
  if (key === '__proto__') return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

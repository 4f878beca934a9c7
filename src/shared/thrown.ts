/** Returns the message of what was thrown, which may be any value where code of a user or a package has thrown it. */
export function messageOf(thrown: unknown): string {
  // Not instanceof Error: errors may come from another realm.
  const { message } = Object(thrown) as { readonly message?: unknown };
  if (typeof message === 'string') return message;
  // Without a prototype, an object has no text.
  return typeof thrown === 'object' && thrown !== null ? Object.prototype.toString.call(thrown) : String(thrown);
}

/** Every reference in a value, and in what these refer to. */
export function reachable(value: unknown, targets: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (member: unknown): void => {
    if (typeof member !== 'object' || member === null) return;
    for (const [key, inner] of Object.entries(member)) {
      if (key !== '$ref' || typeof inner !== 'string') visit(inner);
      else if (!found.has(inner)) {
        found.add(inner);
        visit(targets.get(inner));
      }
    }
  };
  visit(value);
  return found;
}

/** A file of a bundle, as far as it is looked at. */
interface File {
  readonly fileName: string;
  /** Files that are loaded with it. */
  readonly imports?: readonly string[];
}

/**
 * Files of a bundle that import each other, the first twice; `undefined` where there are none. One of them would run before the other, and find
 * none of its classes.
 */
export function circleOf(files: readonly File[]): string[] | undefined {
  const byName = new Map(files.map((file) => [file.fileName, file]));
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return undefined;
    for (const imported of byName.get(name)?.imports ?? []) {
      const circle = visit(imported, [...path, name]);
      if (circle) return circle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of byName.keys()) {
    const circle = visit(name, []);
    if (circle) return circle;
  }
  return undefined;
}

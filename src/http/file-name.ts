/**
 * The last segment of a path that somebody else chose, in either system's spelling and without control characters:
 * `../../etc/passwd` is `passwd`, `..` is nothing.
 */
export function fileName(path: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what has to go.
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).replace(/[\0-\x1f\x7f]/g, '');
  return name === '.' || name === '..' ? '' : name;
}

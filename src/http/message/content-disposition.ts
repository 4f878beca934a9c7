/**
 * A `Content-Disposition` (RFC 6266): a quoted name of plain ASCII, and, where that is not the whole name,
 * the UTF-8 one in `filename*` (RFC 8187). Directories are left out of the name.
 */
export function contentDisposition(disposition: 'attachment' | 'inline', path: string): string {
  const name = fileName(path).replace(/[\ud800-\udfff]/gu, '\ufffd');
  if (name === '') return disposition;
  // Some clients decode a percent-encoding in the plain name, which is why it counts as not plain.
  const ascii = name.replace(/[^\x20-\x7e]|%(?=[0-9a-f]{2})/giu, '_');
  const plain = `${disposition}; filename="${ascii.replace(/["\\]/g, '\\$&')}"`;
  return ascii === name ? plain : `${plain}; filename*=UTF-8''${encodeExtended(name)}`;
}

function encodeExtended(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * The last segment of a path that somebody else chose, in either system's spelling and without control characters:
 * `../../etc/passwd` is `passwd`, `..` is nothing.
 */
export function fileName(path: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what has to go.
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).replace(/[\0-\x1f\x7f]/g, '');
  return name === '.' || name === '..' ? '' : name;
}

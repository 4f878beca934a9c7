/**
 * Writes a `Content-Disposition` header (RFC 6266) without directories in the file name: a quoted ASCII name and, if
 * that differs from the name, the UTF-8 name in `filename*` (RFC 8187).
 */
export function contentDisposition(disposition: 'attachment' | 'inline', path: string): string {
  const name = fileName(path).toWellFormed();
  if (name === '') return disposition;
  // Percent-encoding does not count as plain, because some clients decode it in the quoted name.
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
 * Returns the last segment of an untrusted path, POSIX or Windows, without control characters: `passwd` for
 * `../../etc/passwd`, `''` for `..`.
 */
export function fileName(path: string): string {
  // oxlint-disable-next-line no-control-regex -- removing control characters is the purpose.
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).replace(/[\0-\x1f\x7f]/g, '');
  return name === '.' || name === '..' ? '' : name;
}

/** Returns the cursor for the next page. It is opaque, so that its content may change. */
export function encodeCursor(id: string): string {
  return Buffer.from(id).toString('base64url');
}

/** Returns the id in a cursor. Any other text results in an invalid id. */
export function decodeCursor(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString('utf8');
}

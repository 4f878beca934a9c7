let hashing: Promise<typeof import('node:crypto')> | undefined;

/** A strong entity tag, the SHA-1 of the bytes. `node:crypto` costs 5 ms to load: only who uses tags pays for it. */
export async function etagOf(body: string | Uint8Array): Promise<string> {
  const { createHash } = await (hashing ??= import('node:crypto'));
  return `"${createHash('sha1').update(body).digest('base64').slice(0, 27)}"`;
}

const ENTITY_TAG = /(?:W\/)?"[\x21\x23-\x7e\x80-\u{10ffff}]*"/gu;

/**
 * Whether an `If-None-Match` list names a tag: `*` names every one, and weak tags equal strong ones
 * (RFC 9110, 13.1.2).
 */
export function namesEtag(list: string, etag: string): boolean {
  if (list.trim() === '*') return true;
  const opaque = opaqueTag(etag);
  return (list.match(ENTITY_TAG) ?? []).some((tag) => opaqueTag(tag) === opaque);
}

function opaqueTag(etag: string): string {
  return etag.startsWith('W/') ? etag.slice(2) : etag;
}

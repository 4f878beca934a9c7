import { randomUUID } from 'node:crypto';

/** The characters that S3 calls safe (S3 guide, "Naming Amazon S3 objects"). */
const SAFE = /^[\w!.*'()/-]{1,1024}$/;

/** Whether a key has only safe characters, and no part that a proxy or a file system would read as a way up. */
export function isSafeKey(key: string): boolean {
  return SAFE.test(key) && key.split('/').every((part) => !/^\.{0,2}$/.test(part));
}

/** Returns a key for a payload, which nobody can guess. */
export function newKey(prefix: string): string {
  return prefix + randomUUID();
}

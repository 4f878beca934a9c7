/** An object in a bucket. */
export interface StoredObject {
  readonly body: Buffer;
  readonly type: string;
  /** The checksum that the sender gave, as S3's headers have it: `x-amz-checksum-crc32` and its value. */
  readonly checksum?: readonly [header: string, value: string] | undefined;
}

/** The room for all objects together, in bytes. Beyond it, the oldest are dropped. */
const ROOM = 256 * 1024 * 1024;

/** Keeps the objects of buckets in memory. */
export class ObjectStore {
  readonly #buckets = new Set<string>();
  /** By bucket and key, the oldest first. */
  readonly #objects = new Map<string, StoredObject>();
  #bytes = 0;

  constructor(private readonly room = ROOM) {}

  create(bucket: string): void {
    this.#buckets.add(bucket);
  }

  has(bucket: string): boolean {
    return this.#buckets.has(bucket);
  }

  get(bucket: string, key: string): StoredObject | undefined {
    return this.#objects.get(`${bucket}/${key}`);
  }

  put(bucket: string, key: string, object: StoredObject): void {
    this.delete(bucket, key);
    this.#objects.set(`${bucket}/${key}`, object);
    this.#bytes += object.body.length;
    for (const place of this.#objects.keys()) {
      if (this.#bytes <= this.room || this.#objects.size === 1) return;
      this.#drop(place);
    }
  }

  delete(bucket: string, key: string): void {
    this.#drop(`${bucket}/${key}`);
  }

  #drop(place: string): void {
    this.#bytes -= this.#objects.get(place)?.body.length ?? 0;
    this.#objects.delete(place);
  }
}

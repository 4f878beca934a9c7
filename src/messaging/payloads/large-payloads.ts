import type { SourceRecord } from '../../contracts/event-adapter.js';
import type { CanActivate, ExecutionContext } from '../../contracts/pipeline.js';
import { type MethodMetadata, ownClassMetadata, ownMethodMetadata } from '../../metadata/class-metadata.js';
import { noteMistake, noteUncalled } from '../../metadata/mistakes.js';
import { type Settings, SETTINGS } from '../../settings/settings.js';
import type { Constructor, MaybePromise } from '../../shared/types.js';
import { PayloadBucket } from './payload-bucket.js';
import { PayloadError } from './payload-error.js';
import { isSafeKey } from './payload-key.js';
import { isPointer, readPointer } from './payload-pointer.js';
import type { PayloadStore } from './payload-store.js';

/**
 * Reads the payloads of large messages from a bucket, before the message is checked and the method is called:
 * `@OnSqs('orders') @LargePayloads(payloads)`. For consumers of SQS queues and SNS topics.
 *
 * Only messages that the attribute `ExtendedPayloadSize` marks are read, and only from the buckets that are given here.
 * Anything else that a pointer names fails the record.
 *
 * @param buckets One, or several while messages move from one to another.
 */
export function LargePayloads(...buckets: readonly [PayloadBucket, ...PayloadBucket[]]): MethodDecorator {
  noteUncalled(buckets, '@LargePayloads');
  return (prototype, key) => {
    const method = ownMethodMetadata(prototype, key);
    const mistake = mistakeIn(buckets, method);
    noteMistake(method, mistake);
    if (mistake !== undefined) return;
    method.readsPayloads = buckets.map(({ name, prefix }) => ({ name, prefix }));
    const { enhancers } = method;
    enhancers.guards = [...enhancers.guards, payloadGuard(buckets)];
  };
}

function mistakeIn(buckets: readonly unknown[], { readsPayloads }: MethodMetadata): string | undefined {
  if (buckets.length === 0 || !buckets.every((bucket) => bucket instanceof PayloadBucket))
    return "@LargePayloads takes the buckets to read from, as in @LargePayloads(new PayloadBucket('payloads')).";
  if (readsPayloads)
    return '@LargePayloads is there twice: pass all buckets to one, as in @LargePayloads(now, before).';
  return undefined;
}

/** Returns a guard class for one method, so that the settings can be injected beside its buckets. */
function payloadGuard(buckets: readonly PayloadBucket[]): Constructor {
  class LargePayloadsGuard extends PayloadGuard {
    constructor(settings: Settings | undefined) {
      super(buckets.map((bucket) => ({ bucket, store: bucket.open(settings) })));
    }
  }
  const metadata = ownClassMetadata(LargePayloadsGuard);
  metadata.injectable = {};
  metadata.eventKinds = ['sqs', 'sns'];
  metadata.injections.set(0, { token: SETTINGS, optional: true });
  return LargePayloadsGuard;
}

interface OpenBucket {
  readonly bucket: PayloadBucket;
  readonly store: PayloadStore;
}

/**
 * Replaces the pointer by the payload. A guard, because the guards of a batch run for each record: one that can't be
 * read fails alone.
 */
class PayloadGuard implements CanActivate {
  constructor(private readonly open: readonly OpenBucket[]) {}

  canActivate(context: ExecutionContext): MaybePromise<boolean> {
    const { record } = context;
    return isPointer(record.raw) ? this.#replace(record, context.signal) : true;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.open.map(({ store }) => store.close()));
  }

  async #replace(record: SourceRecord, signal: AbortSignal): Promise<true> {
    const { bucket, key } = readPointer(record.content());
    const found = this.open.find(({ store }) => store.bucket === bucket);
    if (!found) throw new PayloadError(this.#foreign(bucket));
    const { prefix, maxSize } = found.bucket;
    if (!key.startsWith(prefix) || !isSafeKey(key))
      throw new PayloadError(
        `The message points to the key ${shown(key)}, which is not read: keys have safe characters only` +
          `${prefix === '' ? '' : `, and begin with ${prefix}`}.`,
      );
    const payload = await found.store.get(key, { most: maxSize, signal });
    record.content = () => payload;
    return true;
  }

  #foreign(bucket: string): string {
    const read = this.open.map(({ store }) => store.bucket).join(' and ');
    return `The message points to the bucket ${shown(bucket)}, but payloads are read from ${read} only.`;
  }
}

/** Quotes and shortens text from outside, for an error that is logged. */
function shown(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}

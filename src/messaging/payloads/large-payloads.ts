import { type MethodMetadata, ownMethodMetadata } from '../../metadata/class-metadata.js';
import { noteMistake, noteUncalled } from '../../metadata/mistakes.js';
import { PayloadBucket } from './payload-bucket.js';
import { payloadGuard } from './payload-guard.js';

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

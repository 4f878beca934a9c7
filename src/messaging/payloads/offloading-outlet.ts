import { createHash } from 'node:crypto';
import type { LargePayloadOutlet, OutgoingMessage, Outlet } from '../sending/message-sender.js';
import { newKey } from './payload-key.js';
import { SIZE_ATTRIBUTE, writePointer } from './payload-pointer.js';
import type { PayloadStore } from './payload-store.js';

interface OffloadOptions {
  readonly store: PayloadStore;
  readonly prefix: string;
  /** The largest message, in bytes, that is sent as it is. */
  readonly threshold: number;
  /** The most bytes of a message. */
  readonly limit: number;
  /** Whether it is FIFO. */
  readonly ordered: boolean;
}

/** A payload that is not in the bucket yet. */
interface Payload {
  readonly key: string;
  readonly body: string;
}

/**
 * Returns a way into a queue or a topic that writes large messages to a bucket, right before the request with their
 * pointers. If one can't be written, no message of the request is sent: the order of a group would be broken.
 */
export function offloadingOutlet(outlet: Outlet, options: OffloadOptions): LargePayloadOutlet {
  const { store, prefix, threshold, limit, ordered } = options;
  // A request may be repeated: then its payloads are there already.
  const pending = new WeakMap<OutgoingMessage, Payload>();
  const write = async (message: OutgoingMessage, signal: AbortSignal | undefined): Promise<void> => {
    const payload = pending.get(message);
    if (!payload) return;
    await store.put(payload.key, payload.body, signal);
    pending.delete(message);
  };
  return {
    ...outlet,
    offload: {
      threshold,
      limit,
      pointerTo(message) {
        const key = newKey(prefix);
        const pointer = pointing(message, writePointer({ bucket: store.bucket, key }), ordered);
        pending.set(pointer, { key, body: message.body });
        return pointer;
      },
    },
    async send(messages, signal) {
      // Waits for all of them, so that none goes on after the error is handled.
      const written = await Promise.allSettled(messages.map((message) => write(message, signal)));
      const failed = written.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
      return outlet.send(messages, signal);
    },
    close: () => store.close(),
  };
}

function pointing(message: OutgoingMessage, body: string, ordered: boolean): OutgoingMessage {
  const { attributes, deduplicationId } = message;
  const size = Buffer.byteLength(message.body);
  return {
    ...message,
    body,
    attributes: { ...attributes, [SIZE_ATTRIBUTE]: size },
    // The hash that AWS takes of a message whose id it leaves out: two pointers to the same payload differ.
    deduplicationId: deduplicationId ?? (ordered ? createHash('sha256').update(message.body).digest('hex') : undefined),
  };
}

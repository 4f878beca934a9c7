import { randomUUID } from 'node:crypto';

/** Returns a UUID version 7 (RFC 9562, 5.7), which starts with the milliseconds, so that ids sort by time. */
export function timeSortableId(time: Date): string {
  const milliseconds = time.getTime().toString(16).padStart(12, '0');
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7${randomUUID().slice(15)}`;
}

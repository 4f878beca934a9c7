import { randomUUID } from 'node:crypto';

/** A UUID of version 7 (RFC 9562, 5.7): the milliseconds come first, so ids sort by the time they were made at. */
export function timeSortableId(time: Date): string {
  const milliseconds = time.getTime().toString(16).padStart(12, '0');
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7${randomUUID().slice(15)}`;
}

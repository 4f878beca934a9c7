import { isJsonObject } from '../../shared/json-values.js';

/**
 * Returns an error for the rejections in a result of `Promise.allSettled`; `undefined` for any other value. Data whose
 * status is `rejected` may have other members, too, or stand beside data of another shape.
 *
 * @param name Who returned it, for the message.
 */
export function rejectedIn(value: unknown, name: string): Error | undefined {
  if (!Array.isArray(value) || !value.every(isSettled)) return undefined;
  const rejected = value.filter((one) => one.status === 'rejected');
  if (rejected.length === 0) return undefined;
  return new Error(`${name} returned results of which ${rejected.length} of ${value.length} are rejected`, {
    cause: rejected[0]!.reason,
  });
}

function isSettled(value: unknown): value is PromiseSettledResult<unknown> {
  if (!isJsonObject(value) || Object.keys(value).length !== 2) return false;
  return value['status'] === 'rejected' ? 'reason' in value : value['status'] === 'fulfilled' && 'value' in value;
}

/**
 * How many hold an instance, in all applications of the process: providers, events, callers. Its last holder disposes of it.
 *
 * The same object may come from several: from a factory that was given it, or from two that take it from a constant.
 */
const holders = new WeakMap<object, number>();

export function hold(instance: object): void {
  holders.set(instance, (holders.get(instance) ?? 0) + 1);
}

/** Whether nobody else holds it. */
export function letGo(instance: object): boolean {
  const left = (holders.get(instance) ?? 1) - 1;
  if (left > 0) holders.set(instance, left);
  else holders.delete(instance);
  return left <= 0;
}

/** What comes from outside, as a value, is its maker's for good. */
export function keep(value: object): void {
  holders.set(value, Number.POSITIVE_INFINITY);
}

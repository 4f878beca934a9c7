/** All stand-ins. They are made by stand-in.ts, which is loaded where `forwardRef` breaks a circle. */
export const standIns = new WeakSet<object>();

/** Recognizes a stand-in without reading its members, which throws as long as there is no instance. */
export function isStandIn(value: object): boolean {
  return standIns.has(value);
}

/** An array to be filled by index. One that is pushed to takes room for 17 members at once, of which an event needs two or three. */
export function sizedArray<T>(length: number): T[] {
  // oxlint-disable-next-line unicorn/no-new-array -- Array.from takes ten times as long.
  return new Array<T>(length);
}

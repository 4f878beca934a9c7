let second = Number.NaN;
let prefix = '';

/**
 * A time in milliseconds since 1970 as `Date.prototype.toISOString` writes it.
 *
 * All but the milliseconds is kept from the last call within the same second: 0.1 µs instead of 1 to 2.
 */
export function isoDate(time: number): string {
  const milliseconds = ((time % 1000) + 1000) % 1000;
  if (time - milliseconds !== second) {
    second = time - milliseconds;
    prefix = new Date(second).toISOString().slice(0, -4);
  }
  return `${prefix}${String(milliseconds).padStart(3, '0')}Z`;
}

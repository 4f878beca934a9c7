import { described } from '../errors/yes-or-no.js';

/**
 * A value that two events are told apart by: text, numbers, booleans, and lists and records of them. It is compared as
 * JSON, and what JSON has no form for would look the same whatever it holds: one caller would be given another's
 * result.
 *
 * @param where What the value is, for messages.
 * @throws TypeError
 */
export function comparable<T>(value: T, where: string): T {
  const lost = lostIn(value, '');
  if (lost === undefined) return value;
  throw new TypeError(
    `${where} ${lost}: it is compared as JSON, so give text, numbers, booleans, or lists and plain objects of them.`,
  );
}

/** What can't be compared, and where in the value it stands. */
function lostIn(value: unknown, path: string): string | undefined {
  if (isScalar(value)) return undefined;
  if (!Array.isArray(value) && !isPlain(value)) return `is ${described(value)}${path && ` at ${path.slice(1)}`}`;
  for (const [name, member] of Object.entries(value as object)) {
    const lost = lostIn(member, `${path}.${name}`);
    if (lost !== undefined) return lost;
  }
  return undefined;
}

/** `undefined` among them: that a key or a part of it is missing is no mistake of the program. */
function isScalar(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    Number.isFinite(value)
  );
}

/** A class' instance may hold what it compares by in private members, and is no plain object. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

import { isPlainObject } from '../shared/plain-object.js';
import { describeValue } from './describe-value.js';

/**
 * Returns a value that identifies something: text, numbers, booleans, and lists and plain objects of them.
 *
 * Values are compared as text. Anything that has no text of its own would look the same whatever it contains, and one
 * caller would receive another's result.
 *
 * @param where What the value is, for messages.
 * @throws TypeError when the value contains anything else.
 */
export function comparable<T>(value: T, where: string): T {
  const lost = lostIn(value, '');
  if (lost === undefined) return value;
  throw new TypeError(
    `${where} ${lost}: it is compared as JSON, so use text, numbers, booleans, or lists and plain objects of them.`,
  );
}

/**
 * Describes the first part of a value that JSON cannot represent, with its path. Instances of classes are among these,
 * because their identity may be in private members.
 */
function lostIn(value: unknown, path: string): string | undefined {
  if (isScalar(value)) return undefined;
  if (!Array.isArray(value) && !isPlainObject(value))
    return `is ${describeValue(value)}${path && ` at ${path.slice(1)}`}`;
  for (const [name, member] of Object.entries(value as object)) {
    const lost = lostIn(member, `${path}.${name}`);
    if (lost !== undefined) return lost;
  }
  return undefined;
}

/** Includes `undefined`: a missing key or part is an error of the caller, not of the program. */
function isScalar(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    Number.isFinite(value)
  );
}

/** Whether a comparable value has a part that is missing, `null` or empty, so that it identifies nobody. */
export function lacksPart(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isNothing(value);
  return Object.values(value).some((part) => isNothing(part) || hasMissing(part));
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function hasMissing(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === undefined;
  return Object.values(value).some(hasMissing);
}

/**
 * Returns the text of a comparable value, by which it is looked up: different values have different texts.
 *
 * Unlike JSON, it tells `undefined` from `null`, and a missing member from one that is `undefined`.
 */
export function keyText(value: unknown): string {
  if (Array.isArray(value)) return `[${Array.from(value, keyText).join()}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([name, member]) => `${JSON.stringify(name)}:${keyText(member)}`)
      .join()}}`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

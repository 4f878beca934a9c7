import { shortened } from '../../shared/input-limits.js';
import { isError, jsonValue, readMember } from '../writers/loggable-value.js';

/** Causes of an error, and errors of a list. */
const MOST = 5;
const MAX_LENGTH = 1000;

/**
 * Returns the message of an error and those of its causes in one line. For the failures of other services: the stack
 * would be that of an HTTP client.
 *
 * @param error What was thrown, or a list of it, which OpenTelemetry's providers reject with.
 */
export function reasonOf(error: unknown): string {
  const errors: readonly unknown[] = Array.isArray(error) ? error.slice(0, MOST) : [error];
  return shortened([...new Set(errors.map(withCauses))].join('; '), MAX_LENGTH);
}

function withCauses(error: unknown): string {
  const messages = new Set<string>();
  let cause = error;
  for (let left = MOST; left > 0; left--) {
    messages.add(messageOf(cause).replaceAll(/\s+/g, ' ').trim());
    cause = isError(cause) ? readMember(cause, 'cause') : undefined;
    if (cause === undefined || cause === null) break;
  }
  return [...messages].join(': ');
}

/** An error of several addresses has no message, only a code. */
function messageOf(error: unknown): string {
  if (!isError(error)) return asText(error);
  const [name, message, code] = ['name', 'message', 'code'].map((key) => readMember(error, key));
  const told = asText(message || code || name);
  return isOwnName(name) && name !== told ? `${name}: ${told}` : told;
}

/** Whether a name says more than those of JavaScript, as `ResourceNotFoundException` does. */
function isOwnName(name: unknown): name is string {
  return typeof name === 'string' && name !== '' && !(name in globalThis);
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return JSON.stringify(jsonValue(value)) ?? String(value);
}

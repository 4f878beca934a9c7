import { isNativeError } from 'node:util/types';

/**
 * Appends where an error occurred to its message, and returns the same object.
 *
 * A thrown value that is not an error becomes the cause of a new one.
 */
export function annotateError(thrown: unknown, where: string): Error {
  const note = ` (${where})`;
  // An error of another realm, as under Jest, is not an instance of this one's Error.
  if (!isNativeError(thrown) && !(thrown instanceof Error)) {
    return new Error(`${textOf(thrown)}${note}`, { cause: thrown });
  }
  // The next attempt may throw the same object.
  if (!thrown.message.endsWith(note)) append(thrown, note);
  return thrown;
}

// Not an import: importing node:util as an ES module runs its getters, which load 44 modules and cost 5 ms on Node 24.
function textOf(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown;
  return process.getBuiltinModule?.('node:util').inspect(thrown) ?? String(thrown);
}

function append(error: Error, note: string): void {
  const { message, stack } = error;
  // Both may be read-only (a frozen error, a DOMException). Then the note is dropped.
  if (!Reflect.set(error, 'message', message + note) || !stack) return;
  // The stack repeats the message as it was when the error was created.
  const at = stack.indexOf(message);
  if (at >= 0) Reflect.set(error, 'stack', stack.slice(0, at) + message + note + stack.slice(at + message.length));
}

import { isNativeError } from 'node:util/types';

/**
 * Says in an error's own message where it came up; the object stays the one that was thrown.
 *
 * What is no error is wrapped in one, with it as the cause.
 */
export function annotateError(thrown: unknown, where: string): Error {
  const note = ` (${where})`;
  // Errors of another realm, as under Jest, are no instances of this one's.
  if (!isNativeError(thrown) && !(thrown instanceof Error)) {
    return new Error(`${textOf(thrown)}${note}`, { cause: thrown });
  }
  // The same object may be thrown at the next attempt again.
  if (!thrown.message.endsWith(note)) append(thrown, note);
  return thrown;
}

// Not by an import: that of node:util as an ES module runs its getters, which load 44 modules and cost Node 24 5 ms.
function textOf(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown;
  return process.getBuiltinModule?.('node:util').inspect(thrown) ?? String(thrown);
}

function append(error: Error, note: string): void {
  const { message, stack } = error;
  // Both may be fixed (a frozen error, a DOMException): then the note is lost rather than the error.
  if (!Reflect.set(error, 'message', message + note) || !stack) return;
  // The stack has the message as it was when the error was made.
  const at = stack.indexOf(message);
  if (at >= 0) Reflect.set(error, 'stack', stack.slice(0, at) + message + note + stack.slice(at + message.length));
}

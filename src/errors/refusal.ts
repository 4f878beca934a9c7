import type { HttpException } from './http-exception.js';

/**
 * An exception that goes to the caller as a value: throwing one takes 3 µs, a fifth of a request that is refused. Readers
 * of arguments hand mistakes in the input on like this; where user code has to see them, they are thrown.
 */
export class Refusal {
  constructor(readonly error: HttpException) {}
}

/** @throws The exception of a refusal; gives every other value as it is. */
export function unrefused<T>(value: T | Refusal): T {
  if (value instanceof Refusal) throw value.error;
  return value;
}

import type { HttpException } from './http-exception.js';

/**
 * An exception that goes to the caller as a value: throwing one takes 3 µs, as long as all the rest of a request. What
 * reads arguments and what guards a method hand it on like this; where user code is in between, it is thrown.
 */
export class Refusal {
  constructor(readonly error: HttpException) {}
}

/** @throws The exception of a refusal; gives every other value as it is. */
export function unrefused<T>(value: T | Refusal): T {
  if (value instanceof Refusal) throw value.error;
  return value;
}

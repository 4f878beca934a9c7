/**
 * Makes an error that does not say where it was made: for what answers a request and is no fault of the program.
 * Capturing the stack costs 6 to 7 µs a time, a whole request less.
 */
export function withoutStack<E extends Error>(make: () => E): E {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

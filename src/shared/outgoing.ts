interface Outgoing {
  write: (value: unknown) => unknown;
}

const OUTGOING = Symbol.for('lambent.outgoing');

// On the global object, for the client of one copy of the package may serve the application of the other.
const outgoing: Outgoing = ((globalThis as Record<symbol, Outgoing | undefined>)[OUTGOING] ??= {
  write: (value) => value,
});

/**
 * Says how values are made ready for JSON by those who have no application's codec: an application does, when it is
 * made.
 */
export function writeOutgoingBy(write: Outgoing['write']): void {
  outgoing.write = write;
}

/** A value as it may leave the process, for those who send it by themselves: without what its classes exclude. */
export function outgoingValue(value: unknown): unknown {
  return outgoing.write(value);
}

interface Outgoing {
  write: (value: unknown) => unknown;
}

const OUTGOING = Symbol.for('lambent.outgoing');

// On the global object, because a client of one copy of the package may serve an application of the other.
const outgoing: Outgoing = ((globalThis as Record<symbol, Outgoing | undefined>)[OUTGOING] ??= {
  write: (value) => value,
});

/** Sets how {@link outgoingValue} prepares values for JSON. An application does so when it is created. */
export function setOutgoingWriter(write: Outgoing['write']): void {
  outgoing.write = write;
}

/** Prepares a value for sending it without an application's JSON codec: leaves out what its classes exclude. */
export function outgoingValue(value: unknown): unknown {
  return outgoing.write(value);
}

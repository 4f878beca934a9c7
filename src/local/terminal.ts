/** Where the emulator and the commands write their output. */
export type Terminal = Pick<Console, 'log' | 'error'>;

/** A terminal that prints nothing. */
export const SILENT: Terminal = { log: () => undefined, error: () => undefined };

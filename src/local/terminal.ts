/** The output of the emulator and of the commands. */
export type Terminal = Pick<Console, 'log' | 'error'>;

/** A terminal that prints nothing. */
export const SILENT: Terminal = { log: () => undefined, error: () => undefined };

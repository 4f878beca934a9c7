/** Where the emulator says what it sees. */
export type Terminal = Pick<Console, 'log' | 'error'>;

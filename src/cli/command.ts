/** Where a command prints: results with `log`, what went wrong with `error`. */
export type Terminal = Pick<Console, 'log' | 'error'>;

/** All that a command has of the process. */
export interface Workplace {
  /** The folder that it was called in. */
  readonly cwd: string;
  /** The file that was started, by which this package is found. */
  readonly program: string;
  readonly terminal: Terminal;
  /** Whether what is printed may have colours. */
  readonly colors?: boolean;
  /** Puts a question to the user; absent where nobody would answer. */
  readonly ask?: (question: string) => Promise<string>;
}

/**
 * Takes what follows its name on the command line, and gives the exit code.
 *
 * @throws CommandError for what it can't do.
 */
export type Command = (argv: readonly string[], workplace: Workplace) => Promise<number>;

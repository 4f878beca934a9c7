const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Milliseconds in which the same Ctrl-C may come again: from the terminal, and handed on by npm. */
const SAME = 500;

/**
 * Resolves when somebody asks the process to end. Who asks again can't wait: that ends it at once.
 *
 * @param kill what must not be left running then.
 */
export function untilStopped(kill: () => void): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const stop = (): void => {
      resolve();
      first ??= performance.now();
      if (performance.now() - first < SAME) return;
      kill();
      process.exit(130);
    };
    for (const signal of SIGNALS) process.on(signal, stop);
  });
}

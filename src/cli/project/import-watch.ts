import { once } from 'node:events';

/**
 * Awaits a promise unless nothing is left that could settle it: then the process would just end.
 *
 * @throws Error with the message.
 */
export async function orStuck<T>(promise: Promise<T>, message: string): Promise<T> {
  const settled = new AbortController();
  const stuck = once(process, 'beforeExit', { signal: settled.signal }).then(() => {
    throw new Error(message);
  });
  // It rejects at the end, when nothing waits for it any more.
  stuck.catch(() => undefined);
  try {
    return await Promise.race([promise, stuck]);
  } finally {
    settled.abort();
  }
}

/**
 * Runs a task that runs code of an application. Should that code end the process, stderr says so, and the exit code is
 * not 0: the output of the command is missing.
 *
 * @param clear runs if the process ends.
 */
export async function reportingExit<T>(task: () => Promise<T>, clear: () => void): Promise<T> {
  const report = (): void => {
    const { stack = '' } = new Error();
    const [, callers] = /^ +at process\.exit .*\n([^]*)/m.exec(stack) ?? [];
    const place = callers === undefined ? '' : `\n${callers}`;
    process.stderr.write(
      'The application ended the process when its sources were imported, so this command has no result. ' +
        `Call process.exit only in what the handler calls.${place}\n`,
    );
    process.exitCode ||= 1;
    clear();
  };
  process.once('exit', report);
  try {
    return await task();
  } finally {
    process.removeListener('exit', report);
  }
}

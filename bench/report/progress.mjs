/** Shows the progress of a suite on a terminal. @returns A function to call after each sample. */
export function startProgress(title, total) {
  if (!process.stderr.isTTY) return () => undefined;
  const started = performance.now();
  let done = 0;
  return () => {
    done += 1;
    const seconds = ((performance.now() - started) / 1000 / done) * (total - done);
    const text = `${title}: ${done} of ${total}, ${Math.round(seconds)} s to go`;
    process.stderr.write(done === total ? '\r\u001b[K' : `\r\u001b[K${text}`);
  };
}

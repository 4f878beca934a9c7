/** Those who wait where nothing says for how long, as in Lambda's init phase. */
const waiting = new Set<() => void>();

/**
 * Waits for work as long as the process has anything left that could bring it to an end. Node would otherwise end the
 * process without a word of what was waited for.
 *
 * @param stuck Says so, once the event loop is empty.
 */
export function unlessStuck<T>(work: Promise<T>, stuck: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(stuck());
    const done = (): void => {
      if (waiting.delete(giveUp) && waiting.size === 0) process.off('beforeExit', giveUpAll);
    };
    // One listener for all: Node warns of more than ten.
    if (waiting.size === 0) process.on('beforeExit', giveUpAll);
    waiting.add(giveUp);
    work.then(resolve, reject).then(done);
  });
}

function giveUpAll(): void {
  for (const giveUp of waiting) giveUp();
}

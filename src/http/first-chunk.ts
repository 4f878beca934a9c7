import { finished, type Readable } from 'node:stream';

/**
 * Waits until a stream has something to read, or has ended: then nothing can turn the answer into another one any more.
 *
 * @throws What it fails with before that.
 */
export function firstChunk(stream: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    // To whoever has listened before, it may have been told already.
    if (stream.readableLength > 0) return resolve();
    const settle = (error?: Error | null): void => {
      stream.off('readable', settle);
      stop();
      if (error === undefined || error === null) resolve();
      else reject(error);
    };
    const stop = finished(stream, { writable: false }, settle);
    stream.on('readable', settle);
  });
}

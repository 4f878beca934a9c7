import type { RefusingReader } from '../input-reader.js';
import { objectReader, type ObjectReading } from '../reading/object-reader.js';

/**
 * Creates a reader from functions that `lambent build` wrote. Input that no plan foresees, such as an instance of a
 * class inside of a body, is read once the libraries are loaded; no JSON is.
 */
export function emittedReader(reading: ObjectReading): RefusingReader {
  return objectReader(reading, withLibraries);
}

async function withLibraries(read: () => unknown): Promise<unknown> {
  const { provideLibraries } = await import('../compiled/process-libraries.js');
  provideLibraries();
  return await read();
}

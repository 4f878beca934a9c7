import type { RefusingReader } from '../input-reader.js';
import { LIBRARIES_NEEDED } from '../reading/libraries.js';
import { objectReader, type ObjectReading } from '../reading/object-reader.js';

/**
 * Creates a reader from functions that `lambent build` wrote. Input that no plan foresees, such as an instance of a
 * class inside of a body, is read once the libraries are loaded; no JSON is.
 */
export function emittedReader(reading: ObjectReading): RefusingReader {
  const read = objectReader(reading);
  return (value) => {
    try {
      return read(value);
    } catch (error) {
      if (error === LIBRARIES_NEEDED) return withLibraries(() => read(value));
      throw error;
    }
  };
}

async function withLibraries<T>(read: () => T): Promise<Awaited<T>> {
  const { provideLibraries } = await import('../compiled/process-libraries.js');
  provideLibraries();
  return await read();
}

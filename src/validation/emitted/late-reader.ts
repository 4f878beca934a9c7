import type { Constructor } from '../../shared/types.js';
import type { InputSource, RefusingReader } from '../input-reader.js';
import type { CheckingOptions } from '../validation-options.js';

/**
 * Creates a reader that is left to the libraries, because of a discriminator, for example. Its first value loads them.
 */
export function lateReader(type: Constructor, source: InputSource, options: CheckingOptions): RefusingReader {
  let made: RefusingReader | undefined;
  return async (value) => {
    if (!made) {
      const { refusingReader } = await import('../compiled/compiled-reader.js');
      made = refusingReader(type, source, options);
    }
    return made(value);
  };
}

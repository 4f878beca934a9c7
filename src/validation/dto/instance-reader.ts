import { validate } from 'class-validator';
import type { Constructor } from '../../shared/types.js';
import type { InputReader, InputSource } from '../input-reader.js';
import { type CheckingOptions, librarySettings } from '../validation-options.js';

/**
 * Creates the reader for values that are already of their types: it assigns them, and checks the instance. What is
 * wrong with an instance is told by the library reader, which is loaded only then: it is 25 kB of a bundle.
 */
export function instanceReader(type: Constructor, source: InputSource, options: CheckingOptions): InputReader {
  return async (values) => {
    const instance = Object.assign(Reflect.construct(type, []) as object, values);
    if (await isRight(instance, options)) return instance;
    const { libraryReader } = await import('./library-reader.js');
    return libraryReader(type, source, options)(values);
  };
}

async function isRight(instance: object, options: CheckingOptions): Promise<boolean> {
  try {
    return (await validate(instance, librarySettings(options))).length === 0;
  } catch {
    // Some rules throw on some values.
    return false;
  }
}

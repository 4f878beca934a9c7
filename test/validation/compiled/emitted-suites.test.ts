import type { InputReader } from '../../../src/validation/input-reader.js';

// What is said of readers through the libraries is true of readers that are written as text.
jest.mock('../../../src/validation/dto/library-reader.js', () => {
  const { unrefused } = jest.requireActual<typeof import('../../../src/errors/http-exception.js')>(
    '../../../src/errors/http-exception.js',
  );
  const { compiledReader } = jest.requireActual<typeof import('../../../src/validation/compiled/compiled-reader.js')>(
    '../../../src/validation/compiled/compiled-reader.js',
  );
  const { emitted } = jest.requireActual<typeof import('./emitted.js')>('./emitted.js');
  return {
    libraryReader: (...given: Parameters<typeof compiledReader>): InputReader => {
      const read = emitted(...given) ?? compiledReader(...given);
      return async (value) => unrefused(await read(value));
    },
  };
});

describe('a reader that is written as text', () => {
  require('../dto/library-reader.test.js');
  require('../dodges.test.js');
  require('../dto/plan-conversion.test.js');
});

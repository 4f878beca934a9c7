import type { InputReader } from '../../../src/validation/input-reader.js';

// What is said of readers through the libraries is true of compiled ones.
jest.mock('../../../src/validation/dto/library-reader.js', () => {
  const { compiledReader } = jest.requireActual<typeof import('../../../src/validation/compiled/compiled-reader.js')>(
    '../../../src/validation/compiled/compiled-reader.js',
  );
  return {
    libraryReader: (...given: Parameters<typeof compiledReader>): InputReader => {
      const read = compiledReader(...given);
      return async (value) => read(value);
    },
  };
});

describe('a compiled reader', () => {
  require('../dto/library-reader.test.js');
  require('../dodges.test.js');
  require('../dto/plan-conversion.test.js');
});

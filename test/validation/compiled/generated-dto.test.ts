import fc from 'fast-check';
import { compiledReader } from '../../../src/validation/compiled-reader.js';
import { dtoReader } from '../../../src/validation/dto-reader.js';
import { outcome } from '../refusal.js';
import { DECORATORS, SAMPLES } from './decorators.js';
import { dtoSpec, input, makeDto } from './generated-dto.js';
import { likenessOfOutcome } from './likeness.js';

// Thousands of classes in class-validator's storage, all of which it goes through at every value.
jest.setTimeout(60_000);

const options = fc.record(
  { whitelist: fc.boolean(), forbidNonWhitelisted: fc.boolean(), groups: fc.subarray(['create', 'update']) },
  { requiredKeys: [] },
);
const source = fc.constantFrom({ location: 'body' } as const, { location: 'query', strings: true } as const);

describe('classes with any decorators', () => {
  test('have every one that class-validator exports', () => {
    expect(Object.keys(SAMPLES).toSorted()).toEqual(DECORATORS.toSorted());
  });

  test('are built and checked as the libraries build and check them', async () => {
    await fc.assert(
      fc.asyncProperty(dtoSpec, options, source, fc.array(input, { minLength: 1, maxLength: 6 }), async (spec, given, from, values) => {
        const type = makeDto(spec);
        const compiled = compiledReader(type, from, given);
        const library = dtoReader(type, from, given);
        for (const value of values) {
          const expected = likenessOfOutcome(await outcome(library, value));
          expect(likenessOfOutcome(await outcome(compiled, value))).toEqual(expected);
        }
      }),
      { numRuns: 700 },
    );
  });
});

import fc from 'fast-check';
import { unrefused } from '../../../src/errors/http-exception.js';
import { compiledReader } from '../../../src/validation/compiled/compiled-reader.js';
import { libraryReader } from '../../../src/validation/dto/library-reader.js';
import { outcome } from '../refusal.js';
import { DECORATORS, SAMPLES } from './decorators.js';
import { emitted } from './emitted.js';
import { dtoSpec, makeDto } from './generated-dto.js';
import { fittingInput, input } from './generated-input.js';
import { likenessOfOutcome } from './likeness.js';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 500);

const options = fc.oneof(
  fc.constant({}),
  fc.record(
    {
      whitelist: fc.boolean(),
      forbidNonWhitelisted: fc.boolean(),
      groups: fc.subarray(['create', 'update']),
      always: fc.boolean(),
      strictGroups: fc.boolean(),
      skipUndefinedProperties: fc.boolean(),
      skipNullProperties: fc.boolean(),
      skipMissingProperties: fc.boolean(),
      stopAtFirstError: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
);
const inputs = fc.record({
  luck: fc.array(fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
  values: fc.array(input, { minLength: 1, maxLength: 4 }),
  areInstances: fc.constantFrom(false, false, false, true),
});
const source = fc.constantFrom({ location: 'body' } as const, { location: 'query', strings: true } as const);

describe('classes with any decorators', () => {
  test('have every one that class-validator exports', () => {
    expect(Object.keys(SAMPLES).toSorted()).toEqual(DECORATORS.toSorted());
  });

  test('are built and checked as the libraries build and check them', async () => {
    let taken = 0;
    let written = 0;
    await fc.assert(
      fc.asyncProperty(dtoSpec, options, source, inputs, async (spec, given, from, { luck, values, areInstances }) => {
        const type = makeDto(spec);
        const compiled = compiledReader(type, from, given);
        const read = emitted(type, from, given);
        if (read) written++;
        // A type that can't be known is told of at the first value.
        const library = async (value: unknown) => libraryReader(type, from, given)(value);
        for (const plain of [...luck.map((one) => fittingInput(spec, one)), ...values]) {
          const value: unknown = areInstances
            ? Object.create(type.prototype, Object.getOwnPropertyDescriptors(plain))
            : plain;
          const expected = likenessOfOutcome(await outcome(library, value));
          if ('built' in expected) taken++;
          expect(likenessOfOutcome(await outcome(compiled, value))).toEqual(expected);
          const asWritten = async (one: unknown) => unrefused(await read!(one));
          if (read) expect(likenessOfOutcome(await outcome(asWritten, value))).toEqual(expected);
        }
      }),
      { numRuns: RUNS },
    );
    // Else only refusals were compared.
    if (!process.env['FUZZ_PATH']) expect(taken).toBeGreaterThan(RUNS / 5);
    if (!process.env['FUZZ_PATH']) expect(written).toBeGreaterThan(RUNS / 3);
  });
});

import { EMIT, EMIT_NOTE, type Emittable, type EmitScope, NotEmittable } from '../../contracts/emittable.js';
import { unrefused } from '../../errors/http-exception.js';
import { chain } from '../../shared/promise.js';
import type { Constructor } from '../../shared/types.js';
import { discriminatorCheck } from '../dto/discriminator-check.js';
import { libraryReader } from '../dto/library-reader.js';
import { conversionOf } from '../dto/plan-conversion.js';
import { type InputReader, type InputSource, locOf, type RefusingReader } from '../input-reader.js';
import { objectReader } from '../reading/object-reader.js';
import { asksLibrary, type CheckingOptions } from '../validation-options.js';
import { emitLateReader, emitReader, type ReaderDescription } from './emit-reader.js';
import { classFunctions, provideLibraries } from './process-libraries.js';
import { canGenerateCode } from './process-target.js';

/** A reader that can be written into a bundle. */
export type EmittableReader = RefusingReader & Emittable;

/**
 * Creates the reader that builds and checks instances of a DTO class. Call it at bootstrap; the class is compiled when
 * the first value is read.
 *
 * The reader returns the instance itself, not a promise, unless a rule returns a promise or is left to class-validator.
 * docs/decisions/compiled-validation.md lists those rules.
 */
export function compiledReader(type: Constructor, source: InputSource, options: CheckingOptions = {}): InputReader {
  const read = refusingReader(type, source, options);
  return (value) => chain(read(value), unrefused);
}

/**
 * Like {@link compiledReader}, but returns a {@link Refusal} where that throws a ValidationException. `lambent build`
 * writes the reader as source text.
 */
export function refusingReader(type: Constructor, source: InputSource, options: CheckingOptions = {}): EmittableReader {
  const asked = !canGenerateCode() || asksLibrary(options);
  const read = asked ? libraryReader(type, source, options) : lazyReader(type, source, options);
  return Object.assign(read, { [EMIT]: (scope: EmitScope) => emitEither(scope, read, { type, source, options }) });
}

/** Writes a reader. One that is left to the libraries loads them with its first value, and says why. */
function emitEither(scope: EmitScope, read: RefusingReader, description: ReaderDescription): string {
  try {
    return emitReader(scope, description);
  } catch (error) {
    if (!(error instanceof NotEmittable)) throw error;
    Object.assign(read, { [EMIT_NOTE]: error.message });
    return emitLateReader(scope, description);
  }
}

function lazyReader(type: Constructor, source: InputSource, options: CheckingOptions): RefusingReader {
  let read: RefusingReader | undefined;
  return (value) => (read ??= compile(type, source, options))(value);
}

function compile(type: Constructor, source: InputSource, options: CheckingOptions): RefusingReader {
  provideLibraries();
  const conversion = source.strings ? conversionOf : undefined;
  const checkKinds = discriminatorCheck(type);
  return objectReader({ type, loc: locOf(source), options, ...classFunctions(type, options), conversion, checkKinds });
}

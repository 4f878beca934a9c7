import { Refusal, unrefused, withoutStack } from '../../errors/http-exception.js';
import { noteInputs, ValidationException } from '../../errors/validation-exception.js';
import { chain } from '../../shared/promise.js';
import type { Constructor, MaybePromise, PlainObject } from '../../shared/types.js';
import { discriminatorCheck } from '../dto/discriminator-check.js';
import { type Built, instanceBuilder, NO_FAILURES } from '../dto/instance-builder.js';
import { buildingError, checkingError } from '../dto/library-errors.js';
import { libraryReader } from '../dto/library-reader.js';
import { mergedDetails } from '../error-details.js';
import { type InputReader, type InputSource, type Loc, locOf, type RefusingReader } from '../input-reader.js';
import { copyMembers, isPlainObject, rootObject } from '../plain-input.js';
import { asksLibrary, type CheckingOptions } from '../validation-options.js';
import { builderOf } from './builder.js';
import { compiledCheck } from './checker.js';
import { canGenerateCode } from './generated-code.js';
import { COPIED } from './member-values.js';
import type { CheckAny } from './nested-values.js';
import { brokenOf, misfitsOf, pendingOf, type Problem } from './problem.js';

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

/** Like {@link compiledReader}, but returns a {@link Refusal} where that throws a ValidationException. */
export function refusingReader(type: Constructor, source: InputSource, options: CheckingOptions = {}): RefusingReader {
  if (!canGenerateCode() || asksLibrary(options)) return libraryReader(type, source, options);
  const loc = locOf(source);
  const strings = source.strings === true;
  let read: RefusingReader | undefined;
  return (value) => (read ??= compile(type, loc, strings, options))(value);
}

function compile(type: Constructor, loc: Loc, strings: boolean, options: CheckingOptions): RefusingReader {
  const build = strings ? stringsBuilder(type, loc) : jsonBuilder(type, loc);
  const check = checker(options, loc);
  return (value) => {
    const { instance, failures } = build(rootObject(type, value, loc));
    const problems = check(instance);
    return problems || failures.length > 0
      ? report({ instance, failures }, problems ?? [], { loc, once: options.stopAtFirstError })
      : instance;
  };
}

function checker(options: CheckingOptions, loc: Loc): CheckAny {
  const check = compiledCheck(options);
  return (instance) => {
    try {
      return check(instance);
    } catch (error) {
      throw checkingError(error, instance, loc, options);
    }
  };
}

type Build = (value: object) => Built;

function jsonBuilder(type: Constructor, loc: Loc): Build {
  const builder = builderOf(type);
  const checkKinds = discriminatorCheck(type);
  return (value) => {
    try {
      const instance = isPlainObject(value) ? builder.one(value, 1) : builder.one(copyMembers(value), COPIED);
      // Runs last: by then the input is known not to be nested too deep.
      return { instance: instance as object, failures: checkKinds?.(value as PlainObject, loc) ?? NO_FAILURES };
    } catch (error) {
      throw buildingError(error, type, value, loc);
    }
  };
}

function stringsBuilder(type: Constructor, loc: Loc): Build {
  const builder = builderOf(type);
  return instanceBuilder(type, { loc, strings: true }, (input) => builder.one(input, COPIED) as object);
}

/** The location of the input, and whether to report only the first validation error of each value. */
interface ReportOptions {
  readonly loc: Loc;
  readonly once: boolean | undefined;
}

function report(built: Built, problems: Problem[], { loc, once }: ReportOptions): MaybePromise<object | Refusal> {
  const pending = pendingOf(problems);
  const result = (): object | Refusal => {
    const details = mergedDetails({
      broken: brokenOf(problems, loc),
      misfits: misfitsOf(problems, loc),
      failures: built.failures,
      once,
    });
    if (details.length === 0) return built.instance;
    noteInputs(details, { loc, value: built.instance });
    return new Refusal(withoutStack(() => new ValidationException(details)));
  };
  return pending.length > 0 ? Promise.all(pending).then(result) : result();
}

import { Refusal, withoutStack } from '../errors/http-exception.js';
import { inputsOf, noteInputs, type ValidationDetail } from '../errors/validation-detail.js';
import { ValidationException } from '../errors/validation-exception.js';
import { onDemand } from '../shared/on-demand.js';
import { attempt, chain, isPromiseLike, native } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import { asksForOwnErrors } from '../validation/asks-for-own-errors.js';
import type { ArgumentsPlan } from './argument-plan.js';
import { kindReader } from './body-content.js';
import { type ArgumentReader, type BindingContext, type BindingOptions, compileArgument } from './compile-argument.js';

/** Reads all arguments of a method, synchronously if each of them is. Returns a Refusal for invalid input. */
export type ArgumentBinder = (context: BindingContext) => MaybePromise<readonly unknown[] | Refusal>;

const NOTHING: readonly unknown[] = [];

/** Compiles the arguments of a method into one function that reads them. */
export function compileBinder({ list, consumes }: ArgumentsPlan, options: BindingOptions): ArgumentBinder {
  const bind = refusing(compileReaders(list.map((plan) => compileArgument(plan, options))), options);
  if (!consumes) return bind;
  const kindOf = kindReader(consumes);
  return (context) => {
    kindOf(context.request);
    return bind(context);
  };
}

const factories = onDemand(() => import('../validation/exception-factory.js'));

/** Throws the exception of the application's option `validation` for invalid input. */
function refusing(bind: ArgumentBinder, { validation }: BindingOptions): ArgumentBinder {
  if (!asksForOwnErrors(validation)) return bind;
  const refused = (error: unknown): MaybePromise<never> => {
    if (!(error instanceof ValidationException)) throw error;
    return chain(factories(), ({ exceptionFactoryOf }) => {
      throw exceptionFactoryOf(validation, 'the option validation')?.(error) ?? error;
    });
  };
  return (context) =>
    chain(
      attempt(() => bind(context), refused),
      (values) => (values instanceof Refusal ? refused(values.error) : values),
    );
}

function compileReaders(readers: readonly ArgumentReader[]): ArgumentBinder {
  const [only, ...others] = readers;
  if (!only) return () => NOTHING;
  // With a single argument, there are no errors to collect.
  if (others.length > 0) return readingAll(readers);
  return (context) => {
    const value = only(context);
    return isPromiseLike(value) ? native(value).then(onlyOne) : onlyOne(value);
  };
}

function onlyOne(value: unknown): readonly unknown[] | Refusal {
  return value instanceof Refusal ? value : [value];
}

/** Compiles readers into one that reads each even if one fails, so that the caller sees all validation errors. */
export function readingAll(readers: readonly ArgumentReader[]): ArgumentBinder {
  return (context) => {
    // Sized, because pushing to an empty array reserves room for 17 elements.
    const values = new Array<unknown>(readers.length);
    let failures: unknown[] | undefined;
    let waiting = false;
    for (let index = 0; index < readers.length; index++) {
      try {
        const value = (readers[index] as ArgumentReader)(context);
        if (typeof value === 'string' || value === undefined) values[index] = value;
        else if (value instanceof Refusal) (failures ??= []).push(value.error);
        else {
          values[index] = value;
          waiting ||= isPromiseLike(value);
        }
      } catch (error) {
        (failures ??= []).push(error);
      }
    }
    if (waiting) return settle(values, failures ?? []);
    return failures ? refusalOf(failures) : values;
  };
}

async function settle(values: readonly unknown[], failures: unknown[]): Promise<readonly unknown[] | Refusal> {
  const results = await Promise.allSettled(values);
  const late = results.flatMap(failureIn);
  if (failures.length + late.length > 0) return refusalOf([...failures, ...late]);
  return results.map((result) => (result as PromiseFulfilledResult<unknown>).value);
}

function failureIn(result: PromiseSettledResult<unknown>): unknown[] {
  if (result.status === 'rejected') return [result.reason];
  return result.value instanceof Refusal ? [result.value.error] : [];
}

/**
 * Merges validation errors into one refusal.
 *
 * @throws Any other error, which takes precedence.
 */
function refusalOf(failures: readonly unknown[]): Refusal {
  const details: ValidationDetail[] = [];
  for (const failure of failures) {
    if (!(failure instanceof ValidationException)) throw failure;
    // One by one, because there may be more than a call can have arguments.
    for (const detail of failure.detail) details.push(detail);
  }
  const exceptions = failures as readonly ValidationException[];
  if (exceptions.length === 1) return new Refusal(exceptions[0]!);
  noteInputs(details, ...exceptions.flatMap(({ detail }) => inputsOf(detail)));
  return new Refusal(withoutStack(() => new ValidationException(details)));
}

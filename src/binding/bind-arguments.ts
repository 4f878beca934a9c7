import { type ValidationDetail, ValidationException } from '../errors/validation-exception.js';
import { withoutStack } from '../errors/without-stack.js';
import { chain, isPromiseLike } from '../shared/promise.js';
import { sizedArray } from '../shared/sized-array.js';
import type { MaybePromise } from '../shared/types.js';
import { type BindingOptions, compileArgument } from './argument.js';
import type { ArgumentReader, BindingContext } from './argument-source.js';
import { type MethodTarget, planParameters } from './parameter.js';

/** Reads all arguments of a method; synchronous where every one of them is. */
export type ArgumentBinder = (context: BindingContext) => MaybePromise<readonly unknown[]>;

const NOTHING: readonly unknown[] = [];

/**
 * Compiles the parameters of a method into one function that reads its arguments.
 *
 * @throws BootstrapError when a parameter's source can't be told.
 */
export function compileBinder(target: MethodTarget, options: BindingOptions): ArgumentBinder {
  const readers = planParameters(target).map((parameter) => compileArgument(parameter, options));
  const [only, ...others] = readers;
  if (!only) return () => NOTHING;
  // Nothing to collect mistakes from: they go straight to the caller, and are thrown once.
  if (others.length === 0) return (context) => chain(only(context), (value) => [value]);
  return (context) => readAll(readers, context);
}

/** Reads every argument even when one fails, so that the caller learns of all mistakes at once. */
export function readAll(readers: readonly ArgumentReader[], context: BindingContext): MaybePromise<readonly unknown[]> {
  const values = sizedArray<unknown>(readers.length);
  let failures: unknown[] | undefined;
  let waiting = false;
  for (let index = 0; index < readers.length; index++) {
    try {
      const value = (readers[index] as ArgumentReader)(context);
      values[index] = value;
      waiting ||= isPromiseLike(value);
    } catch (error) {
      (failures ??= []).push(error);
    }
  }
  if (waiting) return settle(values, failures ?? []);
  return failures ? fail(failures) : values;
}

async function settle(values: readonly unknown[], failures: unknown[]): Promise<readonly unknown[]> {
  const results = await Promise.allSettled(values);
  const rejected = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  if (failures.length + rejected.length > 0) fail([...failures, ...rejected]);
  return results.map((result) => (result as PromiseFulfilledResult<unknown>).value);
}

/** Mistakes in the input become one answer; any other error goes first. */
function fail(failures: readonly unknown[]): never {
  const details: ValidationDetail[] = [];
  for (const failure of failures) {
    if (!(failure instanceof ValidationException)) throw failure;
    // One by one: there may be more of them than a call can have arguments.
    for (const detail of failure.detail) details.push(detail);
  }
  throw failures.length === 1 ? failures[0] : withoutStack(() => new ValidationException(details));
}

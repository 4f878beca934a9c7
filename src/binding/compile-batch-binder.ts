import type { ParameterDescription } from '../contracts/application-description.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { unrefused } from '../errors/http-exception.js';
import type { MaybePromise } from '../shared/types.js';
import { type ArgumentReader, type BindingContext, type BindingOptions, compileArgument } from './compile-argument.js';
import { type ArgumentBinder, readAll } from './compile-binder.js';
import { type MethodTarget, planParameters } from './plan-parameters.js';

/** The context of a batch, with the contexts of its records. */
export interface BatchContext extends BindingContext {
  /**
   * Iterates over the records that may be handed over, with their index. Refusing one may end its group.
   */
  each(): Iterable<readonly [index: number, context: BindingContext]>;
  /** Marks one record as failed; it is not handed over. */
  refuse(index: number, error: unknown): MaybePromise<void>;
}

/**
 * Compiles the parameters of a method that takes all records at once: `@Body()` and `@Record()` are lists with one item
 * per record, each read and validated separately. Records that cannot be read are refused; the others are handed over.
 *
 * @throws BootstrapError if it is unclear where a parameter's value comes from, or if one that is a list is declared as
 *   something else.
 */
export function compileBatchBinder(target: MethodTarget, options: BindingOptions): ArgumentBinder {
  const parameters = planParameters(target);
  const readers = parameters.map((parameter) =>
    compileArgument(isList(parameter) ? itemOf(parameter) : parameter, options),
  );
  const perRecord = readers.filter((_, index) => isList(parameters[index]));
  const shared = readers.filter((_, index) => !isList(parameters[index]));
  return async (context) => {
    const rows = await readRows(perRecord, context as BatchContext);
    const values = [...unrefused(await readAll(shared, context))];
    const columns = perRecord.map((_, column) => rows.map((row) => row[column]));
    return parameters.map((parameter) => (isList(parameter) ? columns.shift() : values.shift()));
  };
}

function isList(parameter: ParameterDescription | undefined): boolean {
  return parameter?.kind === 'body' || parameter?.kind === 'record';
}

const LIST_TYPES: ReadonlySet<unknown> = new Set([Array, Object, undefined]);

/** The declared type is that of the list; a DTO class or a schema in the decorator is the type of its items. */
function itemOf(parameter: ParameterDescription): ParameterDescription {
  if (LIST_TYPES.has(parameter.type)) return { ...parameter, type: Object };
  const { name } = parameter.type as { name: string };
  throw new BootstrapError(
    `${parameter.where}: with { batch: true } it is a list with one item per record, but it is declared as ${name}. ` +
      `Declare it as ${name}[], and pass the class to the decorator to validate each item: @Body(${name}).`,
  );
}

/** @throws The last refusal, if no record is left to hand over. */
async function readRows(readers: readonly ArgumentReader[], batch: BatchContext): Promise<(readonly unknown[])[]> {
  const rows: (readonly unknown[])[] = [];
  let refusal: { error: unknown } | undefined;
  for (const [index, context] of batch.each()) {
    try {
      rows.push(unrefused(await readAll(readers, context)));
    } catch (error) {
      refusal = { error };
      await batch.refuse(index, error);
    }
  }
  if (rows.length === 0 && refusal) throw refusal.error;
  return rows;
}

import type { ParameterDescription } from '../contracts/application-description.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { unrefused } from '../errors/http-exception.js';
import type { MaybePromise } from '../shared/types.js';
import { type ArgumentReader, type BindingContext, type BindingOptions, compileArgument } from './compile-argument.js';
import { type ArgumentBinder, readAll } from './compile-binder.js';
import { type MethodTarget, planParameters } from './plan-parameters.js';

/** The context of a batch, which can be asked for those of its records. */
export interface BatchContext extends BindingContext {
  /**
   * The records that may be handed over, by their index; asked for one by one, as what is refused may end its group.
   */
  each(): Iterable<readonly [index: number, context: BindingContext]>;
  /** Says of one record that it can't be handed over. */
  refuse(index: number, error: unknown): MaybePromise<void>;
}

/**
 * Compiles the parameters of a method that takes all records at once: `@Body()` and `@Record()` are lists,
 * one item a record, each read and checked by itself. What can't be read is refused, and the others are handed over.
 *
 * @throws BootstrapError when a parameter's source can't be told, or when one that is a list is declared as something
 *   else.
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

/** The declared type is the list's; what an item has to be is said by a DTO class or a schema in the decorator. */
function itemOf(parameter: ParameterDescription): ParameterDescription {
  if (LIST_TYPES.has(parameter.type)) return { ...parameter, type: Object };
  const { name } = parameter.type as { name: string };
  throw new BootstrapError(
    `${parameter.where}: with { batch: true } it is a list, one item a record, but it is declared as ${name}. ` +
      `Declare it as ${name}[], and name the class in the decorator to have every item checked: @Body(${name}).`,
  );
}

/** @throws The last refusal, when no record is left to hand over. */
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

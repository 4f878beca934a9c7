import { unrefused } from '../errors/http-exception.js';
import type { MaybePromise } from '../shared/types.js';
import type { ArgumentPlan, ArgumentsPlan } from './argument-plan.js';
import { type BindingContext, type BindingOptions, compileArgument } from './compile-argument.js';
import { type ArgumentBinder, readingAll } from './compile-binder.js';

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
 * Compiles the arguments of a method that takes all records at once: `@Body()` and `@Record()` are lists with one item
 * per record, each read and validated separately. Records that cannot be read are refused; the others are handed over.
 */
export function compileBatchBinder({ list }: ArgumentsPlan, options: BindingOptions): ArgumentBinder {
  const readers = list.map((plan) => compileArgument(plan, options));
  const perRecord = readers.filter((_, index) => isList(list[index]));
  const readRow = readingAll(perRecord);
  const readShared = readingAll(readers.filter((_, index) => !isList(list[index])));
  return async (context) => {
    const rows = await readRows(readRow, context as BatchContext);
    const values = [...unrefused(await readShared(context))];
    const columns = perRecord.map((_, column) => rows.map((row) => row[column]));
    return list.map((plan) => (isList(plan) ? columns.shift() : values.shift()));
  };
}

function isList(plan: ArgumentPlan | undefined): boolean {
  return plan?.kind === 'body' || plan?.kind === 'record';
}

/** @throws The last refusal, if no record is left to hand over. */
async function readRows(read: ArgumentBinder, batch: BatchContext): Promise<(readonly unknown[])[]> {
  const rows: (readonly unknown[])[] = [];
  let refusal: { error: unknown } | undefined;
  for (const [index, context] of batch.each()) {
    try {
      rows.push(unrefused(await read(context)));
    } catch (error) {
      refusal = { error };
      await batch.refuse(index, error);
    }
  }
  if (rows.length === 0 && refusal) throw refusal.error;
  return rows;
}

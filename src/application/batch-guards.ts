import { type MethodTarget, planParameters } from '../binding/parameter.js';
import { withGuards } from '../pipeline/guards.js';
import type { Handler } from '../pipeline/pipeline-context.js';
import type { RecordContext } from './record-context.js';

/**
 * Guards of a method that takes a batch are asked about each record, with the record's own context: one that they refuse has
 * failed, and the others are handed over. A method that is given the records in another way than in lists, one item a
 * record, can't be kept from a single one of them: it gets all of them or none.
 */
export function guardingRecords(target: MethodTarget): typeof withGuards {
  const parameters = planParameters(target);
  const sifted = parameters.some(({ kind }) => kind === 'body' || kind === 'record') && !parameters.some(({ kind }) => kind === 'event');
  return (guards, inner) => {
    if (guards.length === 0) return inner;
    const admit = withGuards(guards, () => undefined);
    return async (context) => {
      await admitEach(context as unknown as RecordContext, admit, sifted);
      return inner(context);
    };
  };
}

/** @throws The last refusal, when no record is left to hand over; the first one, when none may be left out. */
async function admitEach(batch: RecordContext, admit: Handler, sifted: boolean): Promise<void> {
  let admitted = 0;
  let refusal: { error: unknown } | undefined;
  for (const [index, context] of batch.each()) {
    try {
      await admit(context);
      admitted += 1;
    } catch (error) {
      if (!sifted) throw error;
      refusal = { error };
      await batch.fail(index, error);
    }
  }
  if (refusal && admitted === 0) throw refusal.error;
}

import type { ExceptionFilter } from '../contracts/pipeline.js';
import type { EventScope } from '../modules/event-scope.js';
import { type Provided, provide } from '../modules/resolver.js';
import { chain } from '../shared/promise.js';
import type { AbstractConstructor, MaybePromise } from '../shared/types.js';
import type { PipelineContext } from './pipeline-context.js';

/** A filter and the errors that it takes; none for all. */
export interface FilterEntry {
  readonly filter: Provided<ExceptionFilter, EventScope>;
  readonly catches: readonly AbstractConstructor[];
}

/** Makes a result out of an error; throws what no filter takes. */
export type ErrorHandler = (error: unknown, context: PipelineContext) => MaybePromise<unknown>;

/** Hands an error to the first filter that takes it: give the method's first, then the controller's, then global ones. */
export function compileFilters(entries: readonly FilterEntry[]): ErrorHandler {
  return (error, context) => {
    const entry = entries.find(({ catches }) => catches.length === 0 || catches.some((type) => error instanceof type));
    if (!entry) throw error;
    return chain(provide(entry.filter, context), (filter) => filter.catch(error, context));
  };
}

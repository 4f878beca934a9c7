import type { ExceptionFilter } from '../contracts/pipeline.js';
import { classMetadata } from '../metadata/class-metadata.js';
import { provide, type Provided } from '../modules/instances/event-scope.js';
import { chain } from '../shared/promise.js';
import type { AbstractConstructor, Constructor, MaybePromise } from '../shared/types.js';
import type { PipelineContext } from './pipeline-context.js';

/** Makes a result out of an error; throws what no filter takes. */
export type ErrorHandler = (error: unknown, context: PipelineContext) => MaybePromise<unknown>;

/**
 * Hands an error to one filter: of those that take it the one that was bound last, as in NestJS.
 *
 * @param bound Global ones, the controller's, the method's: in the order in which everything else runs.
 */
export function compileFilters(bound: readonly Provided<ExceptionFilter>[]): ErrorHandler {
  const filters = bound.toReversed();
  const handle = (error: unknown, context: PipelineContext, index: number): MaybePromise<unknown> => {
    const filter = filters[index];
    if (!filter) throw error;
    return chain(provide(filter, context), (instance) =>
      takes(instance, error) ? instance.catch(error, context) : handle(error, context, index + 1),
    );
  };
  return (error, context) => handle(error, context, 0);
}

function takes(filter: ExceptionFilter, error: unknown): boolean {
  const types = catchesOf(filter.constructor as Constructor);
  return types.length === 0 || types.some((type) => error instanceof type);
}

const catches = new WeakMap<Constructor, readonly AbstractConstructor[]>();

/** What `@Catch` says of a filter's class; nothing stands for everything. */
function catchesOf(type: Constructor): readonly AbstractConstructor[] {
  let types = catches.get(type);
  if (!types) catches.set(type, (types = classMetadata(type).catches ?? []));
  return types;
}

import type { ExceptionFilter } from '../contracts/pipeline.js';
import { inheritedMetadata } from '../metadata/class-metadata.js';
import { provide, type Provided } from '../modules/instances/event-scope.js';
import { chain } from '../shared/promise.js';
import type { AbstractConstructor, MaybePromise } from '../shared/types.js';
import type { PipelineContext } from './pipeline-context.js';

/** Turns an error into a result; throws an error that no filter catches. */
export type FilterChain = (error: unknown, context: PipelineContext) => MaybePromise<unknown>;

/**
 * Compiles filters into a function that passes an error to one of them: of those that catch it, the one that was bound
 * last, as in NestJS.
 *
 * @param bound The filters in the order of other enhancers: global, of the controller, of the method.
 */
export function compileFilters(bound: readonly Provided<ExceptionFilter>[]): FilterChain {
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
  const types = catchesOf(filter.constructor);
  return types.length === 0 || types.some((type) => error instanceof type);
}

const catches = new WeakMap<Function, readonly AbstractConstructor[]>();

/** Returns the types in the `@Catch` of a filter's class; none means every error. */
function catchesOf(type: Function): readonly AbstractConstructor[] {
  let types = catches.get(type);
  if (!types) catches.set(type, (types = inheritedMetadata(type, 'catches') ?? []));
  return types;
}

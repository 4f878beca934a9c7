import type { CanActivate, ExceptionFilter, Interceptor, PipeTransform } from '../contracts/pipeline.js';
import type { EventScope } from '../modules/event-scope.js';
import type { Provided } from '../modules/resolver.js';
import type { FilterEntry } from '../pipeline/filters.js';

/** Guards, interceptors, pipes and filters of one level, ready to be asked for their instances. */
export interface Enhancers {
  readonly guards: readonly Provided<CanActivate, EventScope>[];
  readonly interceptors: readonly Provided<Interceptor, EventScope>[];
  readonly pipes: readonly Provided<PipeTransform, EventScope>[];
  readonly filters: readonly FilterEntry[];
}

export type EnhancerInstance = CanActivate | Interceptor | PipeTransform | ExceptionFilter;

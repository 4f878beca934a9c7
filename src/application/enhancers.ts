import type { CanActivate, ExceptionFilter, Interceptor, PipeTransform } from '../contracts/pipeline.js';
import type { EnhancerMetadata } from '../metadata/class-metadata.js';
import type { Container } from '../modules/container.js';
import type { ModuleNode } from '../modules/module-node.js';
import type { Provided } from '../modules/resolver.js';
import type { Constructor } from '../shared/types.js';
import type { EventContext } from './event-context.js';

/** Guards, interceptors, pipes and filters of one level, ready to be asked for their instances. */
export interface Enhancers {
  readonly guards: readonly Provided<CanActivate>[];
  readonly interceptors: readonly Provided<Interceptor>[];
  readonly pipes: readonly Provided<PipeTransform>[];
  readonly filters: readonly Provided<ExceptionFilter>[];
}

const NONE: Enhancers = { guards: [], interceptors: [], pipes: [], filters: [] };

/** Instances stay as they are, classes are found in the module. */
export function findEnhancers(given: EnhancerMetadata, container: Container<EventContext>, module: ModuleNode): Enhancers {
  const { guards, interceptors, pipes, filters } = given;
  if (guards.length + interceptors.length + pipes.length + filters.length === 0) return NONE;
  const find = <T>(one: unknown) =>
    (typeof one === 'function' ? container.provided(one as Constructor<T>, module) : { instance: one }) as Provided<T>;
  return {
    guards: guards.map((guard) => find<CanActivate>(guard)),
    interceptors: interceptors.map((interceptor) => find<Interceptor>(interceptor)),
    pipes: pipes.map((pipe) => find<PipeTransform>(pipe)),
    filters: filters.map((filter) => find<ExceptionFilter>(filter)),
  };
}

import type { CanActivate, ExceptionFilter, Interceptor, PipeTransform } from '../contracts/pipeline.js';
import type { EnhancerKind, EnhancerMetadata } from '../metadata/class-metadata.js';
import type { Container } from '../modules/container.js';
import { checkEnhancerInstance, isEnhancerClass } from '../modules/enhancer-check.js';
import type { ModuleNode } from '../modules/module-node.js';
import type { Provided } from '../modules/resolver.js';
import { chain } from '../shared/promise.js';
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
  const find = <T,>(one: unknown, kind: EnhancerKind) =>
    findEnhancer<T>(one, kind, (type) => container.provided(type, module) as Provided<T>);
  return {
    guards: guards.map((guard) => find<CanActivate>(guard, 'guards')),
    interceptors: interceptors.map((interceptor) => find<Interceptor>(interceptor, 'interceptors')),
    pipes: pipes.map((pipe) => find<PipeTransform>(pipe, 'pipes')),
    filters: filters.map((filter) => find<ExceptionFilter>(filter, 'filters')),
  };
}

function findEnhancer<T>(
  one: unknown,
  kind: EnhancerKind,
  provided: (type: Constructor<T>) => Provided<T>,
): Provided<T> {
  if (typeof one !== 'function') return { instance: one as T };
  const found = provided(one as Constructor<T>);
  return checkedEnhancer(found, kind, `What is provided for ${one.name}`, isEnhancerClass(one, kind));
}

/**
 * Sees to it that an enhancer has the method of its kind: now where it is there, else when an event has it made.
 *
 * @param place Where it stands, for messages.
 * @param sure That its class has the method, so that no event need look.
 * @throws BootstrapError
 */
export function checkedEnhancer<T>(
  provided: Provided<T>,
  kind: EnhancerKind,
  place: string,
  sure = false,
): Provided<T> {
  const check = (instance: T): T => {
    checkEnhancerInstance(instance, kind, () => place);
    return instance;
  };
  if (provided.resolve) {
    return sure ? provided : { ...provided, resolve: (scope) => chain(provided.resolve(scope), check) };
  }
  check(provided.instance);
  return provided;
}

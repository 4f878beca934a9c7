import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '../../contracts/app-tokens.js';
import type { CanActivate, ExceptionFilter, Interceptor, PipeTransform } from '../../contracts/pipeline.js';
import type { EnhancerKind, EnhancerMetadata } from '../../metadata/class-metadata.js';
import type { Container } from '../../modules/instances/container.js';
import type { Provided } from '../../modules/instances/event-scope.js';
import { checkEnhancerInstance, isEnhancerClass } from '../../modules/plan/check-enhancers.js';
import type { ModuleNode } from '../../modules/plan/module-node.js';
import { chain } from '../../shared/promise.js';
import { describeToken, type Token } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';
import type { EventContext } from '../event/event-context.js';
import type { ApplicationOptions } from '../options/application-options.js';

/** The guards, interceptors, pipes and filters of one level: global, of a class, or of a method. */
export interface Enhancers {
  readonly guards: readonly Provided<CanActivate>[];
  readonly interceptors: readonly Provided<Interceptor>[];
  readonly pipes: readonly Provided<PipeTransform>[];
  readonly filters: readonly Provided<ExceptionFilter>[];
}

const NONE: Enhancers = { guards: [], interceptors: [], pipes: [], filters: [] };

/** Finds the providers of enhancers: those of classes in the module, while instances stay as they are. */
export function findEnhancers(
  given: EnhancerMetadata,
  container: Container<EventContext>,
  module: ModuleNode,
): Enhancers {
  const { guards, interceptors, pipes, filters } = given;
  if (guards.length + interceptors.length + pipes.length + filters.length === 0) return NONE;
  const find = <T>(one: unknown, kind: EnhancerKind) =>
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
 * Checks that an enhancer has the method of its kind: now if there is an instance, else whenever an event creates one.
 *
 * @param place Where it is named, for messages.
 * @param sure Whether its class has the method, so that events need no check.
 * @throws BootstrapError
 */
function checkedEnhancer<T>(provided: Provided<T>, kind: EnhancerKind, place: string, sure = false): Provided<T> {
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

/** Returns the classes among the enhancers of `create`: the root module makes them injectable. */
export function globalClasses({
  guards = [],
  interceptors = [],
  pipes = [],
  filters = [],
}: ApplicationOptions): Constructor[] {
  return [...guards, ...interceptors, ...pipes, ...filters].filter((given) => typeof given === 'function');
}

/** Returns the providers of the `APP_*` tokens, then the enhancers of the options (in NestJS: `useGlobalGuards` …). */
export function globalEnhancers(container: Container<EventContext>, options: ApplicationOptions): Enhancers {
  const { guards = [], interceptors = [], pipes = [], filters = [] } = options;
  const given = findEnhancers({ guards, interceptors, pipes, filters }, container, container.root);
  const provided = <T>(token: Token<T>, kind: EnhancerKind) =>
    (container.multi(token) as Provided<T>[]).map((one) =>
      checkedEnhancer(one, kind, `What is provided under ${describeToken(token)}`),
    );
  return {
    guards: [...provided(APP_GUARD, 'guards'), ...given.guards],
    interceptors: [...provided(APP_INTERCEPTOR, 'interceptors'), ...given.interceptors],
    pipes: [...provided(APP_PIPE, 'pipes'), ...given.pipes],
    filters: [...provided(APP_FILTER, 'filters'), ...given.filters],
  };
}

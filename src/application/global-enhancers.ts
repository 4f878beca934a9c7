import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '../contracts/app-tokens.js';
import type { CanActivate, ExceptionFilter, Interceptor, PipeTransform } from '../contracts/pipeline.js';
import type { Container } from '../modules/container.js';
import type { Provided } from '../modules/resolver.js';
import type { InjectionToken } from '../shared/token.js';
import type { Constructor } from '../shared/types.js';
import type { Enhancers } from './enhancers.js';
import { catchesOf } from './filter-types.js';
import type { HttpContext } from './http-context.js';
import type { ApplicationOptions } from './options.js';

/** The classes among the guards, interceptors, pipes and filters of `create`: the root module makes them injectable. */
export function globalClasses({ guards = [], interceptors = [], pipes = [], filters = [] }: ApplicationOptions): Constructor[] {
  return [...guards, ...interceptors, ...pipes, ...filters].filter((given) => typeof given === 'function');
}

/** Those of the options come first, then what is provided under the `APP_*` tokens, in the order of the modules. */
export function globalEnhancers(container: Container<HttpContext>, options: ApplicationOptions): Enhancers {
  const all = <T>(given: readonly unknown[] = [], token: InjectionToken): Provided<T>[] => [
    ...given.map((one) => find<T>(container, one)),
    ...container.multi<T>(token),
  ];
  return {
    guards: all<CanActivate>(options.guards, APP_GUARD),
    interceptors: all<Interceptor>(options.interceptors, APP_INTERCEPTOR),
    pipes: all<PipeTransform>(options.pipes, APP_PIPE),
    filters: all<ExceptionFilter>(options.filters, APP_FILTER).map((filter) => ({ filter, catches: [] })),
  };
}

function find<T>(container: Container<HttpContext>, given: unknown): Provided<T> {
  return typeof given === 'function' ? container.resolver(given as Constructor<T>, container.root) : { instance: given as T };
}

import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '../contracts/app-tokens.js';
import type { EnhancerKind } from '../metadata/class-metadata.js';
import type { Container } from '../modules/container.js';
import type { Provided } from '../modules/resolver.js';
import { describeToken, type Token } from '../shared/token.js';
import type { Constructor } from '../shared/types.js';
import { checkedEnhancer, type Enhancers, findEnhancers } from './enhancers.js';
import type { EventContext } from './event-context.js';
import type { ApplicationOptions } from './options.js';

/** The classes among the guards, interceptors, pipes and filters of `create`: the root module makes them injectable. */
export function globalClasses({ guards = [], interceptors = [], pipes = [], filters = [] }: ApplicationOptions): Constructor[] {
  return [...guards, ...interceptors, ...pipes, ...filters].filter((given) => typeof given === 'function');
}

/** What is provided under the `APP_*` tokens comes first, then those of the options, which NestJS's `useGlobalGuards` and its like stand for. */
export function globalEnhancers(container: Container<EventContext>, options: ApplicationOptions): Enhancers {
  const { guards = [], interceptors = [], pipes = [], filters = [] } = options;
  const given = findEnhancers({ guards, interceptors, pipes, filters }, container, container.root);
  const provided = <T,>(token: Token<T>, kind: EnhancerKind) =>
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

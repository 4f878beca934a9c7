import type { CanActivate, ExceptionFilter, Interceptor, PipeTransform } from '../../contracts/pipeline.js';
import { builtInMetadata, inheritedMetadata } from '../../metadata/class-metadata.js';
import type { Provided } from '../../modules/instances/event-scope.js';
import { type EventKind, eventTypes } from '../../shared/event-types.js';
import { chain } from '../../shared/promise.js';
import type { Enhancers } from './enhancers.js';

/** Returns the enhancers of a level that are for a type of event; the others are left out, and cost events nothing. */
export function enhancersFor({ guards, interceptors, pipes, filters }: Enhancers, type: string): Enhancers {
  return {
    guards: guards.flatMap((guard) => forType(guard, type, PASSING)),
    interceptors: interceptors.flatMap((interceptor) => forType(interceptor, type, PASSING)),
    pipes: pipes.flatMap((pipe) => forType(pipe, type, PASSING)),
    filters: filters.flatMap((filter) => forType(filter, type, TAKING_NOTHING)),
  };
}

/** Returns the kinds in the `@For` of an enhancer's class; `undefined` without one: it is for every event. */
export function declaredKinds(enhancer: unknown): readonly EventKind[] | undefined {
  return inheritedMetadata(
    typeof enhancer === 'function' ? enhancer : (enhancer as object | null | undefined)?.constructor,
    'eventKinds',
  );
}

/** Returns the kinds of the instance, else of the declared class: a test's replacement is for the same events. */
export function kindsOf(provided: Provided): readonly EventKind[] | undefined {
  const own = provided.resolve === undefined ? declaredKinds(provided.instance) : undefined;
  return own ?? (provided.type && declaredKinds(provided.type));
}

export function isFor(kinds: readonly EventKind[] | undefined, type: string): boolean {
  const types: ReadonlySet<string> | undefined = kinds && eventTypes(kinds);
  return types?.has(type) ?? true;
}

function forType<T extends object>(provided: Provided<T>, type: string, substitute: T): Provided<T>[] {
  if (!isFor(kindsOf(provided), type)) return [];
  if (provided.resolve === undefined || provided.type) return [provided];
  // The class of what a factory creates for each event is known only then.
  return [
    {
      resolve: (scope) =>
        chain(provided.resolve(scope), (made) => (isFor(declaredKinds(made), type) ? made : substitute)),
    },
  ];
}

const PASSING: CanActivate & Interceptor & PipeTransform = {
  canActivate: () => true,
  intercept: (_context, next) => next.handle(),
  transform: (value) => value,
};

/** Never thrown. */
class NothingThrown {}

class TakingNothing implements ExceptionFilter {
  catch(error: unknown): never {
    throw error;
  }
}
builtInMetadata(TakingNothing).catches = [NothingThrown];
const TAKING_NOTHING = new TakingNothing();

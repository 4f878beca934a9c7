import type { CanActivate, ExceptionFilter, Interceptor, PipeTransform } from '../../contracts/pipeline.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import {
  classMetadata,
  type EnhancerMetadata,
  type MethodMetadata,
  ownClassMetadata,
} from '../../metadata/class-metadata.js';
import type { Provided } from '../../modules/instances/event-scope.js';
import { type EventKind, eventTypes } from '../../shared/event-types.js';
import { chain } from '../../shared/promise.js';
import type { Constructor } from '../../shared/types.js';
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
  const type: unknown =
    typeof enhancer === 'function' ? enhancer : (enhancer as object | null | undefined)?.constructor;
  return typeof type === 'function' ? classMetadata(type as Constructor).eventKinds : undefined;
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
ownClassMetadata(TakingNothing).catches = [NothingThrown];
const TAKING_NOTHING = new TakingNothing();

/**
 * Checks that every enhancer is for some event of the place where it is named: a guard that never runs protects
 * nothing.
 *
 * @throws BootstrapError naming the enhancer, the place and the fix.
 */
export function refuseUnreachable(type: Constructor): void {
  const { enhancers, methods, eventKinds } = classMetadata(type);
  if (eventKinds)
    throw new BootstrapError(`@For on ${type.name} has no effect: put it on guards, interceptors, pipes and filters.`);
  // The enhancers of a parent class may be for its other subclasses.
  const inherited = new Set(enhancersOf(parentOf(type)));
  const own = entries(enhancers).filter((enhancer) => !inherited.has(enhancer));
  refuseIn(own, [...methods.values()].flatMap(typesOf), type.name);
  for (const [key, method] of methods) {
    const ofParameters = [...method.parameters.values()].flatMap(({ pipes }) => pipes);
    refuseIn([...entries(method.enhancers), ...ofParameters], typesOf(method), `${type.name}.${String(key)}`);
  }
}

function refuseIn(enhancers: readonly unknown[], types: readonly string[], place: string): void {
  if (types.length === 0) return;
  for (const enhancer of enhancers) {
    const kinds = declaredKinds(enhancer);
    if (types.some((type) => isFor(kinds, type))) continue;
    const name = nameOf(enhancer);
    throw new BootstrapError(
      `${place} names ${name}, which is @For(${quoted(kinds ?? [])}) and would never run there: its events are ` +
        `${[...new Set(types)].join(', ')}. Remove ${name} there, or add one of these to its @For.`,
    );
  }
}

function parentOf(type: Constructor): Constructor | undefined {
  const parent: unknown = Object.getPrototypeOf(type);
  return typeof parent === 'function' && parent !== Function.prototype ? (parent as Constructor) : undefined;
}

function enhancersOf(type: Constructor | undefined): unknown[] {
  return type ? entries(classMetadata(type).enhancers) : [];
}

function entries({ guards, interceptors, pipes, filters }: EnhancerMetadata): unknown[] {
  return [...guards, ...interceptors, ...pipes, ...filters];
}

function typesOf({ routes, consumers }: MethodMetadata): string[] {
  return [...(routes.length > 0 ? ['http'] : []), ...consumers.map(({ source }) => source)];
}

function nameOf(enhancer: unknown): string {
  return typeof enhancer === 'function' ? enhancer.name : (enhancer as object).constructor.name;
}

function quoted(kinds: readonly string[]): string {
  return kinds.map((kind) => `'${kind}'`).join(', ');
}

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

/**
 * The enhancers of a level that are for a type of event. What is for others is left out here, and costs events nothing.
 */
export function enhancersFor({ guards, interceptors, pipes, filters }: Enhancers, type: string): Enhancers {
  return {
    guards: guards.flatMap((guard) => forType(guard, type, PASSING)),
    interceptors: interceptors.flatMap((interceptor) => forType(interceptor, type, PASSING)),
    pipes: pipes.flatMap((pipe) => forType(pipe, type, PASSING)),
    filters: filters.flatMap((filter) => forType(filter, type, TAKING_NOTHING)),
  };
}

/** What `@For` says of an enhancer's class; `undefined` where it says nothing: it is for every event. */
export function declaredKinds(enhancer: unknown): readonly EventKind[] | undefined {
  const type: unknown =
    typeof enhancer === 'function' ? enhancer : (enhancer as object | null | undefined)?.constructor;
  return typeof type === 'function' ? classMetadata(type as Constructor).eventKinds : undefined;
}

/**
 * Of an instance that is there, and else of the class that stands for it: what replaces a guard in a test is for what
 * that is for.
 */
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
  // Of what a factory makes for each event the class is known only then.
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

/** Nobody makes one. */
class NothingThrown {}

class TakingNothing implements ExceptionFilter {
  catch(error: unknown): never {
    throw error;
  }
}
ownClassMetadata(TakingNothing).catches = [NothingThrown];
const TAKING_NOTHING = new TakingNothing();

/**
 * An enhancer stands where no event is of a kind that it is for: it would never run, and what it guards would be open.
 *
 * @throws BootstrapError naming the enhancer, the place and the way to mend it.
 */
export function refuseUnreachable(type: Constructor): void {
  const { enhancers, methods, eventKinds } = classMetadata(type);
  if (eventKinds)
    throw new BootstrapError(
      `@For on ${type.name} does nothing: it says what guards, interceptors, pipes and filters are for.`,
    );
  // What a parent class has bound may be for other heirs of it.
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
      `${place} names ${name}, which is @For(${quoted(kinds ?? [])}) and would never run there: what comes is ${[...new Set(types)].join(', ')}. ` +
        `Take ${name} away there, or name one of these in its @For.`,
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

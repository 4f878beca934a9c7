import type { CanActivate, ExceptionFilter, Interceptor, PipeTransform } from '../contracts/pipeline.js';
import { BootstrapError, NOT_THERE_BECAUSE } from '../errors/bootstrap-error.js';
import { describeValue } from '../errors/describe-value.js';
import { type EnhancerKind, ownClassMetadata } from '../metadata/class-metadata.js';
import { noteMistake, noteUncalled } from '../metadata/mistakes.js';
import { EVENT_KINDS, type EventKind } from '../shared/event-types.js';
import { suggestion } from '../shared/near-names.js';
import type { AbstractConstructor, Constructor } from '../shared/types.js';
import { classOrMethod, type ClassOrMethodDecorator } from './apply-decorators.js';

/** An instance, or a class that is constructed with its dependencies injected. */
type ClassOrInstance<T> = T | Constructor<T>;

function enhancerDecorator<T>(
  kind: EnhancerKind,
  name: string,
): (...enhancers: ClassOrInstance<T>[]) => ClassOrMethodDecorator {
  return (...enhancers) => {
    noteUncalled(enhancers, name);
    return classOrMethod((metadata) => {
      if (enhancers.length === 0) noteMistake(metadata, `${name}() names none, and does nothing.`);
      // As in NestJS, what is bound first comes first; of decorators above each other that is the lowest.
      metadata.enhancers[kind] = [...metadata.enhancers[kind], ...enhancers];
    });
  };
}

/** Guards for every route of a class, or for one method. */
export const UseGuards = enhancerDecorator<CanActivate>('guards', '@UseGuards');
/** Interceptors around every route of a class, or around one method; the first is the outermost. */
export const UseInterceptors = enhancerDecorator<Interceptor>('interceptors', '@UseInterceptors');
/** Pipes for every argument of a class' methods, or of one method. */
export const UsePipes = enhancerDecorator<PipeTransform>('pipes', '@UsePipes');
/** Exception filters for every route of a class, or for one method. */
export const UseFilters = enhancerDecorator<ExceptionFilter>('filters', '@UseFilters');

/** What a filter catches: the given classes and what is derived from them; everything without one. */
export function Catch(...types: AbstractConstructor[]): ClassDecorator {
  return (target) => {
    const metadata = ownClassMetadata(target);
    metadata.catches = types;
    types.forEach((type, index) => noteMistake(metadata, mistakeInType(type, index)));
  };
}

/** What is no class nothing is an instance of, and the filter would never be asked. */
function mistakeInType(type: unknown, index: number): string | undefined {
  if (typeof type === 'function' && typeof type.prototype === 'object') return undefined;
  const advice = type === undefined || type === null ? ` ${NOT_THERE_BECAUSE}` : '';
  return `argument ${index + 1} of @Catch is ${describeValue(type)}; it takes classes of errors.${advice}`;
}

/**
 * The kinds of event that a guard, an interceptor, a pipe or a filter is for; without it, all of them. Around every
 * other event it is left out, wherever it is bound.
 *
 * @param kinds As `context.getType()` names them, or `record` for what queues, topics, streams, buses, buckets and
 *   schedules send.
 * @throws BootstrapError for none, and for one that there isn't.
 */
export function For(...kinds: readonly [EventKind, ...EventKind[]]): ClassDecorator {
  return (target) => {
    if (typeof target !== 'function')
      throw new BootstrapError('@For stands on a guard, an interceptor, a pipe or a filter: on its class.');
    checkKinds(kinds, target.name);
    ownClassMetadata(target).eventKinds = kinds;
  };
}

function checkKinds(kinds: readonly EventKind[], name: string): void {
  if (kinds.length === 0)
    throw new BootstrapError(
      `@For() on ${name} names no kind of event, so that it would never run. It takes ${KNOWN_KINDS}.`,
    );
  for (const kind of kinds) {
    if (EVENT_KINDS.includes(kind)) continue;
    throw new BootstrapError(
      `@For on ${name}: there is no kind of event ${JSON.stringify(kind)}.${suggestion(String(kind), EVENT_KINDS)} It takes ${KNOWN_KINDS}.`,
    );
  }
}

const KNOWN_KINDS = EVENT_KINDS.map((kind) => `'${kind}'`).join(', ');

import type { CanActivate, ExceptionFilter, Interceptor, PipeTransform } from '../contracts/pipeline.js';
import { BootstrapError, NOT_THERE_BECAUSE } from '../errors/bootstrap-error.js';
import { describeValue } from '../errors/describe-value.js';
import { type EnhancerKind, ownClassMetadata } from '../metadata/class-metadata.js';
import { noteMistake, noteUncalled } from '../metadata/mistakes.js';
import { EVENT_KINDS, type EventKind } from '../shared/event-types.js';
import { suggestion } from '../shared/suggestion.js';
import { type AbstractConstructor, type Constructor, isClass } from '../shared/types.js';
import { classOrMethod, type ClassOrMethodDecorator } from './apply-decorators.js';

/** An instance, or a class that is created with its dependencies injected. */
type ClassOrInstance<T> = T | Constructor<T>;

function enhancerDecorator<T>(
  kind: EnhancerKind,
  name: string,
): (...enhancers: ClassOrInstance<T>[]) => ClassOrMethodDecorator {
  return (...enhancers) => {
    noteUncalled(enhancers, name);
    return classOrMethod((metadata) => {
      if (enhancers.length === 0) noteMistake(metadata, `${name}() has no arguments and no effect.`);
      // As in NestJS, the decorator that is applied first comes first: the lowest of several.
      metadata.enhancers[kind] = [...metadata.enhancers[kind], ...enhancers];
    });
  };
}

/** Adds guards to all methods of a class, or to one method. */
export const UseGuards = enhancerDecorator<CanActivate>('guards', '@UseGuards');
/** Adds interceptors to all methods of a class, or to one method. The first is the outermost. */
export const UseInterceptors = enhancerDecorator<Interceptor>('interceptors', '@UseInterceptors');
/** Adds pipes to all arguments of the methods of a class, or of one method. */
export const UsePipes = enhancerDecorator<PipeTransform>('pipes', '@UsePipes');
/** Adds exception filters to all methods of a class, or to one method. */
export const UseFilters = enhancerDecorator<ExceptionFilter>('filters', '@UseFilters');

/** Declares which errors a filter catches: the given classes and their subclasses; without arguments, all errors. */
export function Catch(...types: AbstractConstructor[]): ClassDecorator {
  return (target) => {
    const metadata = ownClassMetadata(target);
    metadata.catches = types;
    types.forEach((type, index) => noteMistake(metadata, mistakeInType(type, index)));
  };
}

/** Refuses anything but classes: no error would be an instance of it, so the filter would never run. */
function mistakeInType(type: unknown, index: number): string | undefined {
  if (isClass(type)) return undefined;
  const advice = type === undefined || type === null ? ` ${NOT_THERE_BECAUSE}` : '';
  return `argument ${index + 1} of @Catch is ${describeValue(type)}; it takes error classes.${advice}`;
}

/**
 * Declares the kinds of event that a guard, an interceptor, a pipe or a filter runs for. For other events it is
 * skipped. Without this decorator, it runs for all events.
 *
 * @param kinds Event types as `context.getType()` returns them, or `record` for the events of queues, topics, streams,
 *   buses, buckets and schedules.
 * @throws BootstrapError when there are none, or one is unknown.
 */
export function For(...kinds: readonly [EventKind, ...EventKind[]]): ClassDecorator {
  return (target) => {
    if (typeof target !== 'function')
      throw new BootstrapError('@For is for the class of a guard, an interceptor, a pipe or a filter.');
    checkKinds(kinds, target.name);
    ownClassMetadata(target).eventKinds = kinds;
  };
}

function checkKinds(kinds: readonly EventKind[], name: string): void {
  if (kinds.length === 0)
    throw new BootstrapError(
      `@For() on ${name} names no kind of event, so ${name} would never run. It takes ${KNOWN_KINDS}.`,
    );
  for (const kind of kinds) {
    if (EVENT_KINDS.includes(kind)) continue;
    const near = suggestion(String(kind), EVENT_KINDS);
    throw new BootstrapError(
      `@For on ${name}: ${JSON.stringify(kind)} is not a kind of event.${near} It takes ${KNOWN_KINDS}.`,
    );
  }
}

const KNOWN_KINDS = EVENT_KINDS.map((kind) => `'${kind}'`).join(', ');

import type { CanActivate, ExceptionFilter, Interceptor, PipeTransform } from '../contracts/pipeline.js';
import { NOT_THERE_BECAUSE } from '../errors/not-there.js';
import { described } from '../errors/yes-or-no.js';
import { type EnhancerKind, ownClassMetadata } from '../metadata/class-metadata.js';
import { noteMistake, noteUncalled } from '../metadata/mistakes.js';
import type { AbstractConstructor, Constructor } from '../shared/types.js';
import { type ClassOrMethodDecorator, classOrMethod } from './class-or-method.js';

/** An instance, or a class that is constructed with its dependencies injected. */
export type ClassOrInstance<T> = T | Constructor<T>;

function enhancerDecorator<T>(kind: EnhancerKind, name: string): (...enhancers: ClassOrInstance<T>[]) => ClassOrMethodDecorator {
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
  return `argument ${index + 1} of @Catch is ${described(type)}; it takes classes of errors.${advice}`;
}

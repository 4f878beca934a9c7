import type { CanActivate, ExceptionFilter, Interceptor, PipeTransform } from '../contracts/pipeline.js';
import { type EnhancerKind, ownClassMetadata } from '../metadata/class-metadata.js';
import type { AbstractConstructor, Constructor } from '../shared/types.js';
import { type ClassOrMethodDecorator, classOrMethod } from './class-or-method.js';

/** An instance, or a class that is constructed with its dependencies injected. */
export type ClassOrInstance<T> = T | Constructor<T>;

function enhancerDecorator<T>(kind: EnhancerKind): (...enhancers: ClassOrInstance<T>[]) => ClassOrMethodDecorator {
  return (...enhancers) =>
    classOrMethod((metadata) => {
      // As in NestJS, what is bound first comes first; of decorators above each other that is the lowest.
      metadata.enhancers[kind] = [...metadata.enhancers[kind], ...enhancers];
    });
}

/** Guards for every route of a class, or for one method. */
export const UseGuards = enhancerDecorator<CanActivate>('guards');
/** Interceptors around every route of a class, or around one method; the first is the outermost. */
export const UseInterceptors = enhancerDecorator<Interceptor>('interceptors');
/** Pipes for every argument of a class' methods, or of one method. */
export const UsePipes = enhancerDecorator<PipeTransform>('pipes');
/** Exception filters for every route of a class, or for one method. */
export const UseFilters = enhancerDecorator<ExceptionFilter>('filters');

/** What a filter catches: the given classes and what is derived from them; everything without one. */
export function Catch(...types: AbstractConstructor[]): ClassDecorator {
  return (target) => {
    ownClassMetadata(target).catches = types;
  };
}

import { classMetadata } from '../metadata/class-metadata.js';
import type { InjectionMetadata } from '../metadata/parameter-metadata.js';
import { constructorOwner, constructorTypes } from '../metadata/constructor-owner.js';
import { parameterTypes, propertyType } from '../metadata/reflection.js';
import type { Constructor } from '../shared/types.js';
import type { DependencyRequest } from './dependency-request.js';
import { parameterName } from './parameter-name.js';
import { tsyringeInjection } from './tsyringe-injection.js';

/** What a class asks for in its constructor and on its properties, by our decorators, tsyringe's, or its types. */
export function classRequests(type: Constructor): DependencyRequest[] {
  return [...constructorRequests(type), ...propertyRequests(type)];
}

function constructorRequests(type: Constructor): DependencyRequest[] {
  const declaring = constructorOwner(type);
  const types = constructorTypes(type);
  const { injections } = classMetadata(type);
  // `length` stops before the first default, the types do not.
  let count = Math.max(declaring.length, types?.length ?? 0);
  for (const index of injections.keys()) count = Math.max(count, index + 1);
  return Array.from({ length: count }, (_, index) => ({
    ...injectionOf({ ...tsyringeInjection(declaring, index), ...injections.get(index) }, types?.[index]),
    untyped: types === undefined,
    place: () => `constructor parameter ${index + 1}${parameterName(declaring, index)}`,
  }));
}

function propertyRequests(type: Constructor): DependencyRequest[] {
  const prototype = type.prototype as object;
  return [...classMetadata(type).properties].map(([property, injection]) => ({
    ...injectionOf(injection, propertyType(prototype, property)),
    property,
    place: () => `property ${String(property)}`,
  }));
}

/** What `@Inject` on the parameters of a controller's methods asks for. */
export function methodRequests(type: Constructor): (DependencyRequest & { method: string })[] {
  const prototype = type.prototype as Record<string | symbol, object>;
  return [...classMetadata(type).methods].flatMap(([key, method]) => {
    const injected = [...method.parameters].filter(([, parameter]) => parameter.kind === 'inject');
    if (injected.length === 0) return [];
    const types = parameterTypes(prototype, key);
    return injected.map(([index, parameter]) => ({
      ...injectionOf(parameter, types?.[index]),
      untyped: types === undefined,
      method: String(key),
      place: () => `parameter ${index + 1}${parameterName(prototype[key] ?? {}, index)}`,
    }));
  });
}

function injectionOf(injection: InjectionMetadata, type: unknown): { token: unknown; optional: boolean } {
  return { token: injection.token ?? type, optional: injection.optional === true };
}

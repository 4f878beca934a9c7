import type { InjectionMetadata } from '../../metadata/class-metadata.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { constructorOwner, constructorTypes, parameterTypes, propertyType } from '../../metadata/reflection.js';
import { methodOf } from '../../shared/class-methods.js';
import type { FactoryDependency } from '../../shared/provider.js';
import { isForwardReference } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';
import type { Definition } from '../provider-plan.js';
import { tsyringeInjection, withoutDelay } from './tsyringe-decorators.js';

/** A dependency as it is declared, before it is looked up. */
export interface DependencyRequest {
  /** A token, a forward reference, or the type that the compiler emitted. */
  readonly token: unknown;
  readonly optional: boolean;
  /** The property to set on the new instance; without it, the dependency is the next argument. */
  readonly property?: string | symbol;
  /** Describes where it is declared, as in `constructor parameter 1 (orders)`. Computed only for error messages. */
  readonly place: () => string;
  /** Whether the compiler emitted no types for the class or method. */
  readonly untyped?: boolean;
  /** The class whose reader is asked for, in place of a token. */
  readonly readerOf?: Constructor;
}

/** Returns what a provider depends on, by Lambent's decorators, tsyringe's, or the emitted types. */
export function requestsOf(definition: Definition): DependencyRequest[] {
  if ('useClass' in definition) {
    const type = definition.useClass;
    return [...constructorRequests(type), ...propertyRequests(type)];
  }
  if ('useFactory' in definition) return factoryRequests(definition.inject);
  if ('useExisting' in definition)
    return [{ token: definition.useExisting, optional: false, place: () => 'useExisting' }];
  return [];
}

/** Reads the token of a request, which `forwardRef` or tsyringe's `delay()` may defer. */
export function tokenIn(request: DependencyRequest): { readonly token: unknown; readonly forward: boolean } {
  const token = withoutDelay(request.token);
  const forward = isForwardReference(token);
  return { token: forward ? token.forwardRef() : token, forward };
}

function factoryRequests(inject: readonly FactoryDependency[] = []): DependencyRequest[] {
  return inject.map((entry, index) => {
    const place = () => `inject[${index}]`;
    if (typeof entry === 'object' && entry !== null && 'token' in entry) return { ...entry, place };
    if (typeof entry === 'object' && entry !== null && 'readerOf' in entry)
      return { token: undefined, optional: false, readerOf: entry.readerOf, place };
    return { token: entry, optional: false, place };
  });
}

function constructorRequests(type: Constructor): DependencyRequest[] {
  const declaring = constructorOwner(type);
  const types = constructorTypes(type);
  const { injections } = mergedMetadata(type);
  // `length` stops before the first default value; the emitted types do not.
  let count = Math.max(declaring.length, types?.length ?? 0);
  for (const index of injections.keys()) count = Math.max(count, index + 1);
  return Array.from({ length: count }, (_, index) => ({
    ...injectionOf({ ...tsyringeInjection(declaring, index), ...injections.get(index) }, types?.[index]),
    untyped: types === undefined,
    place: () => `constructor parameter ${index + 1}${parameterName(declaring, index)}`,
  }));
}

function propertyRequests(type: Constructor): DependencyRequest[] {
  const prototype = type.prototype;
  return [...mergedMetadata(type).properties].map(([property, injection]) => ({
    ...injectionOf(injection, propertyType(prototype, property)),
    property,
    place: () => `property ${String(property)}`,
  }));
}

/** Returns what `@Inject` on the parameters of controller methods asks for. */
export function methodRequests(type: Constructor): (DependencyRequest & { method: string })[] {
  const { prototype } = type;
  return [...mergedMetadata(type).methods].flatMap(([key, method]) => {
    const injected = [...method.parameters].filter(([, parameter]) => parameter.kind === 'inject');
    if (injected.length === 0) return [];
    const types = parameterTypes(prototype, key);
    return injected.map(([index, parameter]) => ({
      ...injectionOf(parameter, types?.[index]),
      untyped: types === undefined,
      method: String(key),
      place: () => `parameter ${index + 1}${parameterName(methodOf(prototype, key) ?? {}, index)}`,
    }));
  });
}

function injectionOf(injection: InjectionMetadata, type: unknown): { token: unknown; optional: boolean } {
  return { token: injection.token ?? type, optional: injection.optional === true };
}

/** Returns ` (name)` for a parameter if its source is easy to read, and an empty string otherwise. */
function parameterName(callable: object, index: number): string {
  const source = String(callable);
  const start = source.startsWith('class') ? source.search(/\bconstructor\s*\(/) : 0;
  const list = start < 0 ? undefined : /\(([^()[\]{}]*)\)/.exec(source.slice(start))?.[1];
  const name = list?.split(',')[index]?.split('=')[0]?.trim();
  return name !== undefined && /^[\w$]+$/.test(name) ? ` (${name})` : '';
}

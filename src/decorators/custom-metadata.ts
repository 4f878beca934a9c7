import { notThere } from '../errors/not-there.js';
import { writeMetadata } from '../metadata/reflection.js';
import type { ClassOrMethodDecorator } from './class-or-method.js';

/** A decorator that knows the key it writes under. */
export type CustomDecorator<K = string> = ClassOrMethodDecorator & { readonly KEY: K };

/**
 * Writes a value under a key on a class or a method, for a `Reflector` to read in guards and interceptors.
 *
 * @throws BootstrapError for a key that is not there: nobody would find the value.
 */
export function SetMetadata<K = string, V = unknown>(key: K, value: V): CustomDecorator<K> {
  if ((key ?? undefined) === undefined) throw notThere('The key of SetMetadata', undefined);
  const decorate = (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor) => {
    writeMetadata(key, value, (descriptor?.value as object | undefined) ?? target);
  };
  return Object.assign(decorate as ClassOrMethodDecorator, { KEY: key });
}

/** Several decorators as one; they are applied in the order in which they are given, as in NestJS. */
export function applyDecorators(
  ...decorators: readonly (ClassDecorator | MethodDecorator | PropertyDecorator)[]
): ClassOrMethodDecorator & PropertyDecorator {
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => {
    for (const decorate of decorators) {
      (decorate as (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => void)(target, key, descriptor);
    }
  };
}

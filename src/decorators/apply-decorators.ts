import {
  type ClassMetadata,
  type MethodMetadata,
  ownClassMetadata,
  ownMethodMetadata,
} from '../metadata/class-metadata.js';

export type ClassOrMethodDecorator = ClassDecorator & MethodDecorator;

/** A decorator that says the same of a class and of a method. */
export function classOrMethod(write: (metadata: ClassMetadata | MethodMetadata) => void): ClassOrMethodDecorator {
  return (target: object, key?: string | symbol) => {
    write(key === undefined ? ownClassMetadata(target) : ownMethodMetadata(target, key));
  };
}

/** Several decorators as one; they are applied in the order in which they are given, as in NestJS. */
export function applyDecorators(
  ...decorators: readonly (ClassDecorator | MethodDecorator | PropertyDecorator)[]
): ClassOrMethodDecorator & PropertyDecorator {
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => {
    for (const decorate of decorators) {
      (decorate as (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => void)(
        target,
        key,
        descriptor,
      );
    }
  };
}

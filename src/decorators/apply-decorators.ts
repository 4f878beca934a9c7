import {
  type ClassMetadata,
  type MethodMetadata,
  ownClassMetadata,
  ownMethodMetadata,
} from '../metadata/class-metadata.js';

export type ClassOrMethodDecorator = ClassDecorator & MethodDecorator;

/** Creates a decorator that writes the same metadata to a class or a method. */
export function classOrMethod(write: (metadata: ClassMetadata | MethodMetadata) => void): ClassOrMethodDecorator {
  return (target: object, key?: string | symbol) => {
    write(key === undefined ? ownClassMetadata(target) : ownMethodMetadata(target, key));
  };
}

/** Combines several decorators. They are applied in the given order, as in NestJS. */
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

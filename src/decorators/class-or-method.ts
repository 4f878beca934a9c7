import { type ClassMetadata, type MethodMetadata, ownClassMetadata, ownMethodMetadata } from '../metadata/class-metadata.js';

export type ClassOrMethodDecorator = ClassDecorator & MethodDecorator;

/** A decorator that says the same of a class and of a method. */
export function classOrMethod(write: (metadata: ClassMetadata | MethodMetadata) => void): ClassOrMethodDecorator {
  return (target: object, key?: string | symbol) => {
    write(key === undefined ? ownClassMetadata(target) : ownMethodMetadata(target, key));
  };
}

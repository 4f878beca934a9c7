import type { AbstractConstructor } from '../shared/types.js';
import { type ClassMetadata, classMetadata, type MethodMetadata } from './class-metadata.js';

/**
 * Notes what a decorator was given and does not take. It is told at the bootstrap: thrown here it would end the import
 * of a file, which says nothing of the application that has the class.
 */
export function noteMistake(
  metadata: Pick<ClassMetadata | MethodMetadata, 'mistakes'>,
  mistake: string | undefined,
): void {
  if (mistake !== undefined) metadata.mistakes = [...(metadata.mistakes ?? []), mistake];
}

/** The mistakes in the decorators of a class and of its methods, each with its place. */
export function mistakesIn(type: AbstractConstructor): string[] {
  const { mistakes = [], methods } = classMetadata(type);
  const ofMethods = [...methods].flatMap(([key, method]) => placed(method.mistakes, `${type.name}.${String(key)}`));
  return [...placed(mistakes, type.name), ...ofMethods];
}

function placed(mistakes: readonly string[] = [], place: string): string[] {
  return mistakes.map((mistake) => `${place}: ${mistake}`);
}

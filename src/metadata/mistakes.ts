import { methodName } from '../shared/class-methods.js';
import type { AbstractConstructor } from '../shared/types.js';
import { type ClassMetadata, type MethodMetadata, ownClassMetadata } from './class-metadata.js';
import { mergedMetadata } from './merged-metadata.js';

/**
 * Records a mistake in a decorator's arguments, for the bootstrap to report. Thrown here, it would fail the import of
 * the file, without naming the application that uses the class.
 */
export function noteMistake(
  metadata: Pick<ClassMetadata | MethodMetadata, 'mistakes'>,
  mistake: string | undefined,
): void {
  if (mistake !== undefined) metadata.mistakes = [...(metadata.mistakes ?? []), mistake];
}

/**
 * Records a decorator without its call, as in `@UseGuards` above a method. It then gets the arguments of a decorator,
 * and the decorator it returns is never applied. tsc refuses that; compilers that check no types do not.
 *
 * @param given The arguments of the decorator factory.
 */
export function noteUncalled(given: ArrayLike<unknown>, name: string): void {
  const { 0: target, 1: key, 2: place, length } = given;
  if (length !== 3 || !isMember(target, key, place)) return;
  const owner = typeof target === 'function' ? target : target.constructor;
  const where = key === undefined ? `constructor parameter ${(place as number) + 1}` : String(key);
  noteMistake(ownClassMetadata(owner), `${name} on ${where} is not called and has no effect: write ${name}().`);
}

function isMember(target: unknown, key: unknown, place: unknown): target is object {
  if (typeof target === 'function' && typeof place === 'number') return key === undefined;
  const isOfMethod = typeof key === 'string' || typeof key === 'symbol';
  return (
    isOfMethod && typeof target === 'object' && target !== null && !Array.isArray(target) && typeof place !== 'string'
  );
}

/** Returns the mistakes in a class, and in the decorators of it and its methods, each with its place. */
export function mistakesIn(type: AbstractConstructor): string[] {
  const { mistakes = [], methods } = mergedMetadata(type);
  const ofMethods = [...methods].flatMap(([key, method]) => placed(method.mistakes, methodName(type, key)));
  return [...placed(mistakes, type.name), ...ofMethods, ...placed(likePromise(type), type.name)];
}

/** An instance with a method `then` would never leave an `await`, unless the method calls what it is given. */
function likePromise(type: AbstractConstructor): string[] {
  for (let owner: unknown = type.prototype; owner; owner = Object.getPrototypeOf(owner)) {
    const method: unknown = Object.getOwnPropertyDescriptor(owner, 'then')?.value;
    if (typeof method === 'function')
      return ['its method then() makes JavaScript take instances for promises, and wait for them. Rename the method.'];
  }
  return [];
}

function placed(mistakes: readonly string[] = [], place: string): string[] {
  return mistakes.map((mistake) => `${place}: ${mistake}`);
}

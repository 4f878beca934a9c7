import { readMetadata } from '../metadata/reflection.js';
import { brand } from '../shared/brand.js';
import { type CustomDecorator, SetMetadata } from './custom-metadata.js';

/** A class or a method, as `context.getClass()` and `context.getHandler()` give them. */
export type ReflectorTarget = object;

/** A decorator made by `Reflector.createDecorator`, which also serves as the key to read by. */
export type ReflectableDecorator<T> = ((value?: T) => CustomDecorator<symbol>) & { readonly KEY: symbol; readonly value?: T };

type Key<T> = string | symbol | ReflectableDecorator<T>;

/** Reads what `SetMetadata` and decorators of {@link Reflector.createDecorator} wrote. Injectable. */
export class Reflector {
  /** A typed decorator: `const Roles = Reflector.createDecorator<string[]>()`, `@Roles(['admin'])`, `reflector.get(Roles, …)`. */
  static createDecorator<T>(): ReflectableDecorator<T> {
    const KEY = Symbol('lambent.reflectable');
    return Object.assign((value?: T) => SetMetadata(KEY, value), { KEY });
  }

  get<T>(key: Key<T>, target: ReflectorTarget): T | undefined {
    return readMetadata<T>(typeof key === 'function' ? key.KEY : key, target);
  }

  getAll<T>(key: Key<T>, targets: readonly ReflectorTarget[]): (T | undefined)[] {
    return targets.map((target) => this.get(key, target));
  }

  /** The first value that is there: give the method first for it to win over the class. */
  getAllAndOverride<T>(key: Key<T>, targets: readonly ReflectorTarget[]): T | undefined {
    return this.getAll(key, targets).find((value) => value !== undefined);
  }

  /** All values as one: arrays joined, objects merged (later targets win), single values as a list. */
  getAllAndMerge<T>(key: Key<T>, targets: readonly ReflectorTarget[]): T {
    const values = this.getAll(key, targets).filter((value) => value !== undefined);
    const [first] = values;
    const merged = isRecord(first) && values.length > 0 ? Object.assign({}, ...values) : values.flat();
    return merged as T;
  }
}
brand(Reflector, 'Reflector');

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

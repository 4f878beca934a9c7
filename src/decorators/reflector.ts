import { BootstrapError, NOT_THERE_BECAUSE, notThere } from '../errors/bootstrap-error.js';
import { describeValue } from '../errors/describe-value.js';
import { noteUncalled } from '../metadata/mistakes.js';
import { readMetadata, writeMetadata } from '../metadata/reflection.js';
import { brand } from '../shared/brand.js';
import { isJsonObject } from '../shared/json-values.js';
import type { ClassOrMethodDecorator } from './apply-decorators.js';

/** A decorator with the key it writes to. */
export type CustomDecorator<K = string> = ClassOrMethodDecorator & { readonly KEY: K };

/**
 * Sets a metadata value on a class or a method, for a `Reflector` to read in guards and interceptors.
 *
 * @throws BootstrapError when the key is missing, since the value could not be read.
 */
export function SetMetadata<K = string, V = unknown>(key: K, value: V): CustomDecorator<K> {
  if ((key ?? undefined) === undefined) throw notThere('The key of SetMetadata', undefined);
  const decorate = (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor) => {
    writeMetadata(key, value, (descriptor?.value as object | undefined) ?? target);
  };
  return Object.assign(decorate as ClassOrMethodDecorator, { KEY: key });
}

/** A class or a method, as `context.getClass()` and `context.getHandler()` return them. */
export type ReflectorTarget = object;

/** A decorator created by `Reflector.createDecorator`, which is also the key to read by. */
export type ReflectableDecorator<T> = ((value?: T) => CustomDecorator<symbol>) & {
  readonly KEY: symbol;
  readonly value?: T;
};

function merged(all: unknown, value: unknown): unknown {
  return isJsonObject(all) && isJsonObject(value) ? { ...all, ...value } : [all, value].flat();
}

type Key<T> = string | symbol | ReflectableDecorator<T>;

/** Reads the metadata of `SetMetadata` and of {@link Reflector.createDecorator}. Injectable. */
export class Reflector {
  /**
   * Creates a typed decorator: `const Roles = Reflector.createDecorator<string[]>()`, `@Roles(['admin'])`,
   * `reflector.get(Roles, …)`.
   */
  static createDecorator<T>(): ReflectableDecorator<T> {
    if (arguments.length > 0)
      throw new BootstrapError('Reflector.createDecorator takes no options: use SetMetadata for a key of your own.');
    const KEY = Symbol('lambent.reflectable');
    const decorator = (...given: [value?: T]) => {
      noteUncalled(given, 'A decorator of Reflector.createDecorator');
      return SetMetadata(KEY, given[0]);
    };
    return Object.assign(decorator, { KEY });
  }

  /** @throws TypeError for a key or a target that can have no metadata: a guard would take it for no requirement. */
  get<T>(key: Key<T>, target: ReflectorTarget): T | undefined {
    const name: unknown = typeof key === 'function' ? key.KEY : key;
    if (typeof name !== 'string' && typeof name !== 'symbol') {
      throw new TypeError(
        `Reflector: the key is ${describeValue(key)}; it takes a string, a symbol, or a decorator of ` +
          `Reflector.createDecorator. ${NOT_THERE_BECAUSE}`,
      );
    }
    if (typeof target !== 'function') {
      throw new TypeError(
        `Reflector: the target is ${describeValue(target)}; it takes classes and methods, as context.getClass() and ` +
          `context.getHandler() return them.`,
      );
    }
    return readMetadata<T>(name, target);
  }

  getAll<T>(key: Key<T>, targets: readonly ReflectorTarget[]): (T | undefined)[] {
    if (!Array.isArray(targets))
      throw new TypeError(
        `Reflector: the targets are ${describeValue(targets)}; it takes a list, as in ` +
          `[context.getHandler(), context.getClass()].`,
      );
    return (targets as readonly ReflectorTarget[]).map((target) => this.get(key, target));
  }

  /** Returns the first value that is set. Pass the method first, so that it takes precedence over the class. */
  getAllAndOverride<T>(key: Key<T>, targets: readonly ReflectorTarget[]): T | undefined {
    return this.getAll(key, targets).find((value) => value !== undefined);
  }

  /**
   * Returns all values as one: arrays are joined, objects merged (later targets win), everything else is listed, as in
   * NestJS.
   */
  getAllAndMerge<T>(key: Key<T>, targets: readonly ReflectorTarget[]): T {
    const values = this.getAll(key, targets).filter((value) => value !== undefined);
    const [first, ...others] = values;
    return others.reduce<unknown>(merged, isJsonObject(first) ? { ...first } : values.slice(0, 1).flat()) as T;
  }
}
brand(Reflector, 'Reflector');

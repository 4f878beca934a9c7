import { BootstrapError, NOT_THERE_BECAUSE, notThere } from '../errors/bootstrap-error.js';
import { describeValue } from '../errors/describe-value.js';
import { noteUncalled } from '../metadata/mistakes.js';
import { readMetadata, writeMetadata } from '../metadata/reflection.js';
import { brand } from '../shared/brand.js';
import type { ClassOrMethodDecorator } from './apply-decorators.js';

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

/** A class or a method, as `context.getClass()` and `context.getHandler()` give them. */
export type ReflectorTarget = object;

/** A decorator made by `Reflector.createDecorator`, which also serves as the key to read by. */
export type ReflectableDecorator<T> = ((value?: T) => CustomDecorator<symbol>) & {
  readonly KEY: symbol;
  readonly value?: T;
};

type Key<T> = string | symbol | ReflectableDecorator<T>;

/** Reads what `SetMetadata` and decorators of {@link Reflector.createDecorator} wrote. Injectable. */
export class Reflector {
  /**
   * A typed decorator: `const Roles = Reflector.createDecorator<string[]>()`, `@Roles(['admin'])`,
   * `reflector.get(Roles, …)`.
   */
  static createDecorator<T>(): ReflectableDecorator<T> {
    if (arguments.length > 0)
      throw new BootstrapError(
        'Reflector.createDecorator takes no options: for a key of your own there is SetMetadata.',
      );
    const KEY = Symbol('lambent.reflectable');
    const decorator = (...given: [value?: T]) => {
      noteUncalled(given, 'A decorator of Reflector.createDecorator');
      return SetMetadata(KEY, given[0]);
    };
    return Object.assign(decorator, { KEY });
  }

  /** @throws TypeError Where nothing can have been written: a guard would take that for nothing to be asked for. */
  get<T>(key: Key<T>, target: ReflectorTarget): T | undefined {
    const name: unknown = typeof key === 'function' ? key.KEY : key;
    if (typeof name !== 'string' && typeof name !== 'symbol') {
      throw new TypeError(
        `Reflector: the key is ${describeValue(key)}; it takes a text, a symbol, or a decorator of Reflector.createDecorator. ${NOT_THERE_BECAUSE}`,
      );
    }
    if (typeof target !== 'function') {
      throw new TypeError(
        `Reflector: metadata is asked of ${describeValue(target)}; it stands on classes and methods, as context.getClass() and context.getHandler() give them.`,
      );
    }
    return readMetadata<T>(name, target);
  }

  getAll<T>(key: Key<T>, targets: readonly ReflectorTarget[]): (T | undefined)[] {
    if (!Array.isArray(targets))
      throw new TypeError(
        `Reflector: the targets are ${describeValue(targets)}; they are a list, as in [context.getHandler(), context.getClass()].`,
      );
    return (targets as readonly ReflectorTarget[]).map((target) => this.get(key, target));
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

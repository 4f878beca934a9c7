import { BootstrapError } from '../errors/bootstrap-error.js';
import { callable, checkOptions, numberAbove, type OptionRules, wholeNumber } from '../errors/check-options.js';
import { ownMethodMetadata } from '../metadata/class-metadata.js';
import { methodName } from '../shared/class-methods.js';
import { type CachedMethod, MethodCache } from './method-cache.js';

type AnyFunction = (...args: never[]) => unknown;

/** Options of `@Cached`. */
export interface CachedOptions<By extends AnyFunction = AnyFunction> {
  /** Seconds for which a value is kept. */
  readonly ttl: number;
  /**
   * Returns what a value depends on, from the arguments of the method: text, a number, or a list or an object of these.
   * By default, the arguments are the key. They must then be plain data; an `AbortSignal` is left out.
   */
  readonly by?: By;
  /**
   * The number of values that are kept for each instance. The least recently used are dropped first. Defaults to 1000.
   */
  readonly max?: number;
}

/** A decorator for a method that returns a promise, and whose arguments `by` takes. */
export type CachedDecorator<By extends AnyFunction> = <M extends (...args: never[]) => Promise<unknown>>(
  prototype: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<M> & (By extends (...args: Parameters<M>) => unknown ? unknown : never),
) => void;

/**
 * Keeps what an async method of a provider returns, in the memory of the execution environment. Concurrent calls with
 * one key share one execution. Errors are not kept.
 *
 * Values are frozen, because callers share them. Each instance has its own. Needs the package `lru-cache`.
 *
 * @throws BootstrapError for an unknown option or a wrong value. A route or a consumer can't be cached: cache what it
 *   calls.
 */
export function Cached<By extends AnyFunction = () => unknown>(options: CachedOptions<By>): CachedDecorator<By> {
  checkOptions(options, RULES, 'the options of @Cached');
  const { ttl, by, max = 1000 } = options;
  if (ttl === undefined) throw new BootstrapError('@Cached needs the option ttl: seconds for which a value is kept.');
  return (prototype, key, descriptor) => {
    const name = methodName(prototype.constructor, key);
    ownMethodMetadata(prototype, key).refusesEvents = REFUSES_EVENTS;
    const run = descriptor.value as unknown as CachedMethod['run'];
    // lru-cache takes whole milliseconds only.
    const method: CachedMethod = { where: `@Cached on ${name}`, run, ttl: Math.ceil(ttl * 1000), max, by };
    descriptor.value = cachedFunction(method) as unknown as NonNullable<typeof descriptor.value>;
  };
}

const REFUSES_EVENTS =
  'is @Cached, but events are dispatched to it: what it returns would depend on its arguments alone, whoever sends ' +
  'the event. Cache the methods of providers that it calls, and use @CacheControl for responses.';

const RULES: OptionRules<CachedOptions> = {
  ttl: numberAbove(0, 'seconds'),
  by: callable,
  max: wholeNumber(1, 1_000_000),
};

function cachedFunction(method: CachedMethod): (this: object, ...args: unknown[]) => Promise<unknown> {
  const caches = new WeakMap<object, MethodCache>();
  const cached = function (this: object, ...args: unknown[]): Promise<unknown> {
    let cache = caches.get(this);
    if (!cache) caches.set(this, (cache = new MethodCache(this, method)));
    return cache.call(args);
  };
  return Object.defineProperty(cached, 'name', { value: method.run.name });
}

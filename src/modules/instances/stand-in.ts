import { BootstrapError } from '../../errors/bootstrap-error.js';
import { isObject } from '../../shared/types.js';

/**
 * Stands in for an instance that is not made yet, where `forwardRef` cuts a circle.
 *
 * Methods run on the instance itself, so that its `#private` members work.
 *
 * @param name The provider's, for the error of whoever uses the stand-in too early.
 */
export function standIn(name: string, read: () => object | undefined): object {
  const instance = (): object => {
    const found = read();
    if (found) return found;
    throw new BootstrapError(
      `${name} is used before it is made: what is injected through forwardRef can't be used in a constructor or a factory. ` +
        `Move that to onModuleInit().`,
    );
  };
  const stand = new Proxy({}, standInHandler(instance));
  stands.add(stand);
  return stand;
}

const stands = new WeakSet<object>();

/** Without touching it, which fails as long as there is no instance. */
export function isStandIn(value: object): boolean {
  return stands.has(value);
}

function standInHandler(instance: () => object): ProxyHandler<object> {
  const bound = new WeakMap<object, unknown>();
  return {
    get: (_target, key) => boundMember(instance(), key, bound),
    set: (_target, key, value) => Reflect.set(instance(), key, value),
    has: (_target, key) => Reflect.has(instance(), key),
    deleteProperty: (_target, key) => Reflect.deleteProperty(instance(), key),
    defineProperty: (_target, key, descriptor) => Reflect.defineProperty(instance(), key, descriptor),
    getPrototypeOf: () => Reflect.getPrototypeOf(instance()),
    ownKeys: () => Reflect.ownKeys(instance()),
    getOwnPropertyDescriptor: (_target, key) => configurable(Reflect.getOwnPropertyDescriptor(instance(), key)),
  };
}

function boundMember(instance: object, key: string | symbol, bound: WeakMap<object, unknown>): unknown {
  const member: unknown = Reflect.get(instance, key);
  if (typeof member !== 'function' || key === 'constructor' || Object.hasOwn(instance, key)) return member;
  if (!bound.has(member)) bound.set(member, member.bind(instance) as unknown);
  return bound.get(member);
}

/** A proxy may not call a property fixed that its target lacks. */
function configurable(descriptor: PropertyDescriptor | undefined): PropertyDescriptor | undefined {
  return descriptor && { ...descriptor, configurable: true };
}

/**
 * Puts the instance into the properties where `holder` kept the stand-in: from then on it costs nothing.
 *
 * @returns Whether it was kept there. Elsewhere (a `#private` field, a closure, a list) it can't be replaced, and stays
 *   another object than the instance.
 */
export function replaceStandIn(holder: unknown, stand: object, instance: unknown): boolean {
  if (!isObject(holder)) return false;
  const keys = Reflect.ownKeys(holder).filter((key) => Reflect.getOwnPropertyDescriptor(holder, key)?.value === stand);
  const written = keys.map((key) => Reflect.set(holder, key, instance));
  return written.length > 0 && !written.includes(false);
}

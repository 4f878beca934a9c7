import { BootstrapError } from '../../errors/bootstrap-error.js';
import { isObject } from '../../shared/types.js';
import { type Instances, labelOf, nameOf, type ProviderPlan } from '../provider-plan.js';
import { standIns } from './is-stand-in.js';

/** A dependency that `forwardRef` defers. */
interface DeferredDependency {
  readonly dependant: ProviderPlan;
  readonly target: ProviderPlan;
  /** The property to set; without it, the dependency is an argument. */
  readonly property: string | symbol | undefined;
}

interface Given extends DeferredDependency {
  readonly standIn: object;
}

/** The stand-ins of one creation: dependants get them first, and the instances once all are created. */
export class StandIns {
  readonly #given: Given[] = [];

  /** @param made Gets the instances as they are created. */
  constructor(private readonly made: Pick<Instances, 'get'>) {}

  /** Creates the stand-in that a dependant gets. */
  give(dependency: DeferredDependency): object {
    const { target } = dependency;
    const standIn = createStandIn(nameOf(target), () => this.made.get(target) as object | undefined);
    this.#given.push({ ...dependency, standIn });
    return standIn;
  }

  /**
   * Replaces all stand-ins by their instances.
   *
   * @throws BootstrapError for a dependant that keeps one where it can't be replaced.
   */
  replaceAll(): void {
    for (const { dependant, target, property, standIn } of this.#given) {
      const [holder, instance] = [this.made.get(dependant), this.made.get(target)];
      const isReplaced =
        property === undefined
          ? replaceStandIn(holder, standIn, instance)
          : Reflect.set(holder as object, property, instance);
      if (!isReplaced) throw new BootstrapError(keptElsewhere(dependant, target));
    }
  }
}

function keptElsewhere(dependant: ProviderPlan, target: ProviderPlan): string {
  const name = nameOf(target);
  return (
    `${labelOf(dependant)} gets ${name} through forwardRef and keeps it where its placeholder can't be replaced: ` +
    `in a #private field, a closure or a list. There it would differ from the ${name} that all others get. Keep it ` +
    `in a property (TypeScript's private works), or inject the property itself: @Inject(forwardRef(() => …)).`
  );
}

/**
 * Creates a stand-in for an instance that does not exist yet, where `forwardRef` breaks a circle.
 *
 * Methods run on the instance itself, so that its `#private` members work.
 *
 * @param name The provider's name, for the error about using the stand-in too early.
 */
export function createStandIn(name: string, read: () => object | undefined): object {
  const instance = (): object => {
    const found = read();
    if (found) return found;
    throw new BootstrapError(
      `${name} is used before it is created: dependencies injected through forwardRef can't be used in a constructor ` +
        `or a factory. Use it in onModuleInit() instead.`,
    );
  };
  const standIn = new Proxy({}, standInHandler(instance));
  standIns.add(standIn);
  return standIn;
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

/** A proxy may not report a property as non-configurable that its target lacks. */
function configurable(descriptor: PropertyDescriptor | undefined): PropertyDescriptor | undefined {
  return descriptor && { ...descriptor, configurable: true };
}

/**
 * Replaces a stand-in by the instance in the properties of `holder`, so that using it costs nothing from then on.
 *
 * @returns Whether `holder` has it in a property. In a `#private` field, a closure or a list it can't be replaced, and
 *   stays a different object than the instance.
 */
export function replaceStandIn(holder: unknown, standIn: object, instance: unknown): boolean {
  if (!isObject(holder)) return false;
  const keys = Reflect.ownKeys(holder).filter(
    (key) => Reflect.getOwnPropertyDescriptor(holder, key)?.value === standIn,
  );
  const written = keys.map((key) => Reflect.set(holder, key, instance));
  return written.length > 0 && !written.includes(false);
}

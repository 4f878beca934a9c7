import { BootstrapError } from '../../errors/bootstrap-error.js';
import { forget, isPromiseLike } from '../../shared/promise.js';
import type { Constructor, MaybePromise } from '../../shared/types.js';
import { type BuiltIns, labelOf, type ProviderPlan } from '../provider-plan.js';
import type { OwnedInstances } from './owned-instances.js';

/** Creates an instance from its dependencies, in the plan's order, and adds it to its owner. */
export type InstanceMaker = (dependencies: readonly unknown[], owner: OwnedInstances) => MaybePromise<unknown>;

type Construct = (dependencies: readonly unknown[]) => unknown;

/** Returns a function that creates instances without reading the plan again. */
export function instanceMaker(plan: ProviderPlan, builtIns: BuiltIns<never>): InstanceMaker {
  const construct = constructorOf(plan, builtIns);
  return (values, owner) => {
    if (owner.isOver) throw new BootstrapError(`${labelOf(plan)} is not created: its event or application has ended.`);
    const made = construct(values);
    if (isPromiseLike(made)) return owner.await(plan, made, values);
    owner.add(plan, made, values);
    return made;
  };
}

/** Returns the bare constructor or factory, without ownership. */
function constructorOf({ definition, dependencies }: ProviderPlan, builtIns: BuiltIns<never>): Construct {
  if ('useClass' in definition) {
    const properties = dependencies.flatMap(({ property }) => (property === undefined ? [] : [property]));
    return classConstructor(definition.useClass, properties);
  }
  if ('useFactory' in definition) {
    const { useFactory } = definition;
    return (values) => useFactory(...(values as never[]));
  }
  if ('useValue' in definition) return () => definition.useValue;
  if ('builtIn' in definition) return builtIns[definition.builtIn] as () => unknown;
  return ([existing]) => existing;
}

function classConstructor(type: Constructor, properties: readonly (string | symbol)[]): Construct {
  if (properties.length === 0) return (values) => new type(...(values as never[]));
  return (values) => {
    // The plan lists arguments first, then properties.
    const count = values.length - properties.length;
    const instance = new type(...(values.slice(0, count) as never[])) as Record<string | symbol, unknown>;
    // A missing optional dependency keeps the property's initial value, as it keeps a parameter's default.
    for (const [index, property] of properties.entries()) {
      const value = values[count + index];
      if (value !== undefined) instance[property] = value;
    }
    return instance;
  };
}

/**
 * Reads a value from each source. Returns a promise only if one of the values is a promise.
 *
 * @throws What a source throws. The promises read before it are no longer awaited, and their rejections are ignored.
 */
export function gather<S>(sources: readonly S[], read: (source: S) => unknown): MaybePromise<readonly unknown[]> {
  const values: unknown[] = [];
  let waiting = false;
  try {
    for (const source of sources) {
      const value = read(source);
      waiting ||= isPromiseLike(value);
      values.push(value);
    }
  } catch (error) {
    values.forEach(forget);
    throw error;
  }
  return waiting ? Promise.all(values) : values;
}

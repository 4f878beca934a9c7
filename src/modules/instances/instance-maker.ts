import { BootstrapError } from '../../errors/bootstrap-error.js';
import { forget, isPromiseLike } from '../../shared/promise.js';
import type { Constructor, MaybePromise } from '../../shared/types.js';
import type { ProviderPlan } from '../plan/provider-plan.js';
import type { Holdings } from './holdings.js';

/** Makes an instance of its dependencies, in the plan's order, and gives it to its holder. */
type InstanceMaker = (dependencies: readonly unknown[], holder: Holdings) => MaybePromise<unknown>;

type Construct = (dependencies: readonly unknown[]) => unknown;

/** How a provider's instances are made; asked for once, so that making one reads no plan. */
export function instanceMaker(plan: ProviderPlan, construct = constructor(plan)): InstanceMaker {
  return (values, holder) => {
    if (holder.isOver)
      throw new BootstrapError(`${String(plan)} is not made any more: what it is made for has ended meanwhile.`);
    const made = construct(values);
    if (isPromiseLike(made)) return holder.await(plan, made, values);
    holder.take(plan, made, values);
    return made;
  };
}

/** The bare constructor or factory. */
export function constructor({ definition, dependencies }: ProviderPlan): Construct {
  if ('useClass' in definition) {
    const properties = dependencies.flatMap(({ property }) => (property === undefined ? [] : [property]));
    return classConstructor(definition.useClass, properties);
  }
  if ('useFactory' in definition) {
    const { useFactory } = definition;
    return (values) => useFactory(...(values as never[]));
  }
  if ('useValue' in definition) return () => definition.useValue;
  return ([existing]) => existing;
}

function classConstructor(type: Constructor, properties: readonly (string | symbol)[]): Construct {
  if (properties.length === 0) return (values) => new type(...(values as never[]));
  return (values) => {
    // Arguments come first in the plan, then the properties.
    const count = values.length - properties.length;
    const instance = new type(...(values.slice(0, count) as never[])) as Record<string | symbol, unknown>;
    // What nobody provides leaves the property's initial value, as it leaves a parameter's default.
    for (const [index, property] of properties.entries()) {
      const value = values[count + index];
      if (value !== undefined) instance[property] = value;
    }
    return instance;
  };
}

/**
 * Reads a value of each source; costs no promise where none of them is one.
 *
 * @throws What a source throws. Those that were read before are not waited for any more, and may fail unheard.
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

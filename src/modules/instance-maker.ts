import type { Constructor, MaybePromise } from '../shared/types.js';
import type { ProviderPlan } from './provider-plan.js';

/** Makes an instance of its dependencies, in the plan's order. */
export type InstanceMaker = (dependencies: readonly unknown[]) => MaybePromise<unknown>;

/** How a provider's instances are made; asked for once, so that making one reads no plan. */
export function instanceMaker({ definition, dependencies }: ProviderPlan): InstanceMaker {
  if ('useClass' in definition) {
    const properties = dependencies.flatMap(({ property }) => (property === undefined ? [] : [property]));
    return classMaker(definition.useClass, properties);
  }
  if ('useFactory' in definition) {
    const { useFactory } = definition;
    return (values) => useFactory(...(values as never[]));
  }
  if ('useValue' in definition) return () => definition.useValue;
  return ([existing]) => existing;
}

function classMaker(type: Constructor, properties: readonly (string | symbol)[]): InstanceMaker {
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

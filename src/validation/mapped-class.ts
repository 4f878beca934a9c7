import type { AbstractConstructor, Constructor, PlainObject } from '../shared/types.js';
import { copyDecorators } from './copied-decorators.js';

/** What to make of which classes. */
export interface Mapping {
  readonly name: string;
  readonly bases: readonly AbstractConstructor<object>[];
  /** Which of their properties it has; all of them unless given. */
  readonly keeps?: (key: string) => boolean;
  /** What new instances have by themselves is what those of the bases have. */
  readonly initialised: boolean;
}

/** Makes a class that has properties of others, and extends none of them. */
export function mappedClass({ name, bases, keeps = () => true, initialised }: Mapping): Constructor<object> {
  class Mapped {
    constructor() {
      if (initialised) for (const base of bases) initialise(this as PlainObject, base, keeps);
    }
  }
  // Not by a computed key: some compilers lose the name of such a class.
  Object.defineProperty(Mapped, 'name', { value: name, configurable: true });
  copyDecorators(bases as unknown as Constructor[], Mapped, keeps);
  return Mapped;
}

function initialise(instance: PlainObject, base: AbstractConstructor<object>, keeps: (key: string) => boolean): void {
  for (const [key, value] of Object.entries(newInstance(base))) {
    if (keeps(key) && instance[key] === undefined) instance[key] = value as unknown;
  }
}

/** One whose constructor needs arguments has nothing by itself. */
function newInstance(base: AbstractConstructor<object>): object {
  try {
    return Reflect.construct(base, []) as object;
  } catch {
    return {};
  }
}

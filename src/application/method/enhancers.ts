import type { CanActivate, ExceptionFilter, Interceptor, PipeTransform } from '../../contracts/pipeline.js';
import type { EnhancerKind } from '../../metadata/class-metadata.js';
import type { Container } from '../../modules/instances/container.js';
import type { Provided } from '../../modules/instances/event-scope.js';
import { chain } from '../../shared/promise.js';
import type { EventContext } from '../event/event-context.js';
import type { EnhancerPlan, EnhancersPlan } from './method-plan.js';

/** The guards, interceptors, pipes and filters of one level: global, of a class, or of a method. */
export interface Enhancers {
  readonly guards: readonly Provided<CanActivate>[];
  readonly interceptors: readonly Provided<Interceptor>[];
  readonly pipes: readonly Provided<PipeTransform>[];
  readonly filters: readonly Provided<ExceptionFilter>[];
}

const NONE: Enhancers = { guards: [], interceptors: [], pipes: [], filters: [] };

/** Checks an enhancer that only its instance shows to be one. @throws BootstrapError */
export type EnhancerCheck = (instance: unknown, kind: EnhancerKind, place: () => string) => void;

/** Finds the instances of planned enhancers. */
export class EnhancerLookup {
  readonly #found = new Map<EnhancersPlan, Enhancers>();

  constructor(
    private readonly container: Container<EventContext>,
    private readonly check: EnhancerCheck,
  ) {}

  /** @throws BootstrapError for an instance that lacks the method of its kind. */
  of(plan: EnhancersPlan): Enhancers {
    let found = this.#found.get(plan);
    if (!found) this.#found.set(plan, (found = this.#find(plan)));
    return found;
  }

  #find({ guards, interceptors, pipes, filters }: EnhancersPlan): Enhancers {
    if (!guards && !interceptors && !pipes && !filters) return NONE;
    return {
      guards: this.#provided<CanActivate>(guards, 'guards'),
      interceptors: this.#provided<Interceptor>(interceptors, 'interceptors'),
      pipes: this.#provided<PipeTransform>(pipes, 'pipes'),
      filters: this.#provided<ExceptionFilter>(filters, 'filters'),
    };
  }

  #provided<T>(plans: readonly EnhancerPlan[] = [], kind: EnhancerKind): Provided<T>[] {
    return plans.map((plan) => {
      if ('instance' in plan) return { instance: plan.instance as T };
      const { provider, unchecked } = plan;
      const provided = this.container.provided<T>(provider) as Provided<T>;
      return unchecked === undefined ? provided : this.#checked(provided, kind, unchecked);
    });
  }

  /** Checks the instance now if there is one, else whenever an event creates one. */
  #checked<T>(provided: Provided<T>, kind: EnhancerKind, place: string): Provided<T> {
    const check = (instance: T): T => {
      this.check(instance, kind, () => place);
      return instance;
    };
    if (provided.resolve) return { ...provided, resolve: (scope) => chain(provided.resolve(scope), check) };
    check(provided.instance);
    return provided;
  }
}

/** Whether there are enhancers that only their instances show to be such. */
export function hasUnchecked(plan: EnhancersPlan): boolean {
  return Object.values(plan).some((plans) => plans.some((one) => 'unchecked' in one && one.unchecked !== undefined));
}

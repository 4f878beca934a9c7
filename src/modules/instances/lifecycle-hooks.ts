import type {
  BeforeApplicationShutdown,
  OnApplicationBootstrap,
  OnApplicationShutdown,
  OnModuleDestroy,
  OnModuleInit,
} from '../../contracts/lifecycle.js';
import { refuseObservable } from '../../shared/observable.js';
import { Scope } from '../../shared/provider.js';
import { isObject } from '../../shared/types.js';
import { annotateError } from '../annotate-error.js';
import type { ModuleUnit } from '../plan/creation-order.js';
import type { ProviderPlan } from '../plan/provider-plan.js';
import { endWithin, GIVING_UP, type Shutdown } from './shutdown.js';

type Hooks = OnModuleInit &
  OnApplicationBootstrap &
  OnModuleDestroy &
  BeforeApplicationShutdown &
  OnApplicationShutdown;

const START = ['onModuleInit', 'onApplicationBootstrap'] as const;
const STOP = ['onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown'] as const;
const HOOKS = [...START, ...STOP];

/** Whoever waits for the start says how long. */
const STARTING: Shutdown = { patience: Infinity };

export type InstanceOf = (plan: ProviderPlan) => unknown;

/** An instance that has hooks, and who it is. */
interface Hooked {
  readonly plan: ProviderPlan;
  readonly instance: Partial<Hooks>;
}

/** Instances that are called at the same time. */
type Turn = readonly Hooked[];

interface HookedUnit {
  /** What the modules have, dependencies first. */
  readonly turns: readonly Turn[];
  /** The module classes, which come after that both ways. */
  readonly classes: Turn;
}

/** Calls the hooks of an application: dependencies first at the start, in reverse at the end. */
export class Lifecycle {
  #units: readonly HookedUnit[] = [];
  /** Whose start has begun, each instance under one token: nobody else has anything to end. */
  readonly #begun = new Map<object, Hooked>();
  #isEnding = false;

  /**
   * Initialises units in their order, then tells all of them that the application is there.
   *
   * @throws The first error of a hook, naming hook and provider. Units after it are not called; those before it have
   *   been ended.
   */
  async start(units: readonly ModuleUnit[], instanceOf: InstanceOf): Promise<void> {
    const hooked = units.map((unit) => hookedUnit(unit, instanceOf));
    this.#units = [...this.#units, ...hooked];
    try {
      for (const hook of START) for (const unit of hooked) await this.#startUnit(hook, unit);
    } catch (error) {
      // What goes wrong on the way out would hide the cause.
      if (!this.#isEnding) await this.#stop(hooked, GIVING_UP);
      this.#units = this.#units.filter((unit) => !hooked.includes(unit));
      throw error;
    }
  }

  /** Tells everyone whose start had begun that the application ends; gives back what went wrong. */
  stop(ending: Shutdown): Promise<Error[]> {
    this.#isEnding = true;
    return this.#stop(this.#units, ending);
  }

  async #startUnit(hook: (typeof START)[number], { turns, classes }: HookedUnit): Promise<void> {
    for (const turn of [...turns, classes]) {
      if (this.#isEnding) throw new Error('The application is closing.');
      for (const hooked of turn) if (!this.#begun.has(hooked.instance)) this.#begun.set(hooked.instance, hooked);
      const [error] = await this.#call(hook, turn, STARTING);
      if (error) throw error;
    }
  }

  async #stop(units: readonly HookedUnit[], ending: Shutdown): Promise<Error[]> {
    const errors: Error[] = [];
    const turns = units.toReversed().flatMap((unit) => [...unit.turns.toReversed(), unit.classes]);
    for (const hook of STOP) for (const turn of turns) errors.push(...(await this.#call(hook, turn, ending)));
    for (const { instance } of turns.flat().filter((hooked) => this.#isBegun(hooked))) this.#begun.delete(instance);
    return errors;
  }

  /** All are called, whatever one of them throws. */
  async #call(hook: keyof Hooks, turn: Turn, how: Shutdown): Promise<Error[]> {
    const called = turn.filter((hooked) => this.#isBegun(hooked)).map((hooked) => callOne(hook, hooked, how));
    return (await Promise.all(called)).filter((error) => error !== undefined);
  }

  #isBegun(hooked: Hooked): boolean {
    return this.#begun.get(hooked.instance) === hooked;
  }
}

async function callOne(
  hook: keyof Hooks,
  { plan, instance }: Hooked,
  { signal, patience }: Shutdown,
): Promise<Error | undefined> {
  try {
    if (typeof instance[hook] === 'function') refuseObservable(await endWithin(patience, instance[hook](signal)));
    return undefined;
  } catch (error) {
    return annotateError(error, `in ${hook} of ${String(plan)}`);
  }
}

/** What has one of the hooks: singletons but for aliases, whose instance is called where it was made. */
function hookedUnit({ modules, order }: ModuleUnit, instanceOf: InstanceOf): HookedUnit {
  const types = new Map(modules.flatMap(({ plans, type }) => plans.map((plan) => [plan, type] as const)));
  const hooked = new Map(order.flatMap((plan) => hookedPlan(plan, instanceOf)));
  const isClass = ({ plan }: Hooked): boolean => plan.token === types.get(plan);
  const depths = depthsOf(order, hooked);
  const turns: Hooked[][] = [];
  // In the sequence in which they were declared.
  for (const plan of types.keys()) {
    const one = hooked.get(plan);
    if (one && !isClass(one)) (turns[depths.get(plan) ?? 0] ??= []).push(one);
  }
  return {
    turns: turns.filter((turn) => turn !== undefined),
    classes: [...types.keys()].flatMap((plan) => hooked.get(plan) ?? []).filter(isClass),
  };
}

function hookedPlan(plan: ProviderPlan, instanceOf: InstanceOf): [ProviderPlan, Hooked][] {
  if (plan.scope !== Scope.DEFAULT || 'useExisting' in plan.definition) return [];
  const instance = instanceOf(plan) as Partial<Hooks>;
  const hasHooks = isObject(instance) && HOOKS.some((hook) => typeof instance[hook] === 'function');
  return hasHooks ? [[plan, { plan, instance }]] : [];
}

/** How many with hooks a provider depends on, one behind the other. */
function depthsOf(
  order: readonly ProviderPlan[],
  hooked: ReadonlyMap<ProviderPlan, Hooked>,
): ReadonlyMap<ProviderPlan, number> {
  const depths = new Map<ProviderPlan, number>();
  for (const plan of order) {
    const below = plan.dependencies.map(({ target }) =>
      target && depths.has(target) ? depths.get(target)! + (hooked.has(target) ? 1 : 0) : 0,
    );
    depths.set(plan, Math.max(0, ...below));
  }
  return depths;
}

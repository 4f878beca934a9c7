import { refuseObservable } from '../../shared/observable.js';
import { annotateError } from '../annotate-error.js';
import { isSingleton, labelOf, type ProviderPlan, type StartUnit } from '../provider-plan.js';
import { hasHooks, type Hooks, START, STOP } from './hooks.js';
import { AFTER_FAILURE, type Shutdown, withinTimeout } from './shutdown-time.js';

/** Start hooks have no timeout of their own: the caller that waits for the bootstrap limits it. */
const STARTING: Shutdown = { timeout: Infinity };

export type InstanceOf = (plan: ProviderPlan) => unknown;

/** An instance with hooks, and its provider. */
interface Hooked {
  readonly plan: ProviderPlan;
  readonly instance: Partial<Hooks>;
}

/** Instances whose hooks are called concurrently. */
type HookGroup = readonly Hooked[];

interface HookedUnit {
  /** The modules' providers and controllers, dependencies first. */
  readonly groups: readonly HookGroup[];
  /** The module classes, which come last at the start and at the end. */
  readonly classes: HookGroup;
}

/** Calls the lifecycle hooks of an application: dependencies first at the start, in reverse at shutdown. */
export class Lifecycle {
  #units: readonly HookedUnit[] = [];
  /** Instances whose start hooks have begun, each under one token. Only these get shutdown hooks. */
  readonly #started = new Map<object, Hooked>();
  #isStopping = false;

  /**
   * Runs `onModuleInit` of the units in order, then `onApplicationBootstrap` of all of them.
   *
   * @throws The first error of a hook, naming the hook and the provider. Later hooks are not called, and what had
   *   started has been stopped.
   */
  async start(units: readonly StartUnit[], instanceOf: InstanceOf): Promise<void> {
    const hooked = units.map((unit) => hookedUnit(unit, instanceOf));
    this.#units = [...this.#units, ...hooked];
    try {
      for (const hook of START) for (const unit of hooked) await this.#startUnit(hook, unit);
    } catch (error) {
      // An error while stopping would hide the cause.
      if (!this.#isStopping) await this.#stop(hooked, AFTER_FAILURE);
      this.#units = this.#units.filter((unit) => !hooked.includes(unit));
      throw error;
    }
  }

  /** Runs the shutdown hooks of every instance whose start had begun, and returns their errors. */
  stop(shutdown: Shutdown): Promise<Error[]> {
    this.#isStopping = true;
    return this.#stop(this.#units, shutdown);
  }

  async #startUnit(hook: (typeof START)[number], { groups, classes }: HookedUnit): Promise<void> {
    for (const group of [...groups, classes]) {
      if (this.#isStopping) throw new Error('The application is closing.');
      for (const hooked of group) if (!this.#started.has(hooked.instance)) this.#started.set(hooked.instance, hooked);
      const [error] = await this.#call(hook, group, STARTING);
      if (error) throw error;
    }
  }

  async #stop(units: readonly HookedUnit[], shutdown: Shutdown): Promise<Error[]> {
    const errors: Error[] = [];
    const groups = units.toReversed().flatMap((unit) => [...unit.groups.toReversed(), unit.classes]);
    for (const hook of STOP) for (const group of groups) errors.push(...(await this.#call(hook, group, shutdown)));
    for (const { instance } of groups.flat().filter((hooked) => this.#isStarted(hooked)))
      this.#started.delete(instance);
    return errors;
  }

  /** Calls the hook of every instance, even if one throws, and returns the errors. */
  async #call(hook: keyof Hooks, group: HookGroup, how: Shutdown): Promise<Error[]> {
    const called = group.filter((hooked) => this.#isStarted(hooked)).map((hooked) => callHook(hook, hooked, how));
    return (await Promise.all(called)).filter((error) => error !== undefined);
  }

  #isStarted(hooked: Hooked): boolean {
    return this.#started.get(hooked.instance) === hooked;
  }
}

async function callHook(
  hook: keyof Hooks,
  { plan, instance }: Hooked,
  { signal, timeout }: Shutdown,
): Promise<Error | undefined> {
  try {
    if (typeof instance[hook] === 'function') refuseObservable(await withinTimeout(timeout, instance[hook](signal)));
    return undefined;
  } catch (error) {
    return annotateError(error, `in ${hook} of ${labelOf(plan)}`);
  }
}

/** Collects the singletons that have hooks. Aliases are left out: their instance is called where it was created. */
function hookedUnit({ declared, order }: StartUnit, instanceOf: InstanceOf): HookedUnit {
  const hooked = new Map(order.flatMap((plan) => hookedPlan(plan, instanceOf)));
  const isClass = ({ plan }: Hooked): boolean => plan.isModule === true;
  const depths = depthsOf(order, hooked);
  const groups: Hooked[][] = [];
  for (const plan of declared) {
    const one = hooked.get(plan);
    if (one && !isClass(one)) (groups[depths.get(plan) ?? 0] ??= []).push(one);
  }
  return {
    groups: groups.filter((group) => group !== undefined),
    classes: declared.flatMap((plan) => hooked.get(plan) ?? []).filter(isClass),
  };
}

function hookedPlan(plan: ProviderPlan, instanceOf: InstanceOf): [ProviderPlan, Hooked][] {
  if (!isSingleton(plan) || 'useExisting' in plan.definition) return [];
  const instance = instanceOf(plan);
  return hasHooks(instance) ? [[plan, { plan, instance }]] : [];
}

/** Counts, for each provider, the providers with hooks on the longest path of its dependencies. */
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

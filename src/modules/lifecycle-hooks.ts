import type {
  BeforeApplicationShutdown,
  OnApplicationBootstrap,
  OnApplicationShutdown,
  OnModuleDestroy,
  OnModuleInit,
} from '../contracts/lifecycle.js';
import { refuseObservable } from '../shared/observable.js';
import { Scope } from '../shared/scope.js';
import { annotateError } from './annotate-error.js';
import type { ModuleNode } from './module-node.js';
import type { ProviderPlan } from './provider-plan.js';

type Hooks = OnModuleInit & OnApplicationBootstrap & OnModuleDestroy & BeforeApplicationShutdown & OnApplicationShutdown;

const START = ['onModuleInit', 'onApplicationBootstrap'] as const;
const STOP = ['onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown'] as const;

export type InstanceOf = (plan: ProviderPlan) => unknown;

/**
 * Initialises modules in their order, then tells all of them that the application is there.
 *
 * @throws The first error of a hook, naming hook and provider; later modules are not called.
 */
export async function startModules(modules: readonly ModuleNode[], instanceOf: InstanceOf): Promise<void> {
  const hooked = modules.map((module) => hookedTurns(module, START, instanceOf));
  for (const hook of START) {
    const round = new HookRound(hook);
    for (const turns of hooked) {
      const [error] = await round.call(turns);
      if (error) throw error;
    }
  }
}

/** Tells modules, those that import others first, that the application ends; gives back what went wrong. */
export async function stopModules(modules: readonly ModuleNode[], instanceOf: InstanceOf, signal?: string): Promise<Error[]> {
  const errors: Error[] = [];
  const hooked = modules.toReversed().map((module) => hookedTurns(module, STOP, instanceOf));
  for (const hook of STOP) {
    const round = new HookRound(hook, signal);
    for (const turns of hooked) errors.push(...(await round.call(turns)));
  }
  return errors;
}

/** An instance that has hooks, and who it is. */
interface Hooked {
  readonly plan: ProviderPlan;
  readonly instance: Partial<Hooks>;
}

/** One hook, called module by module. */
class HookRound {
  /** An instance under two tokens is called once. */
  readonly #called = new Set<unknown>();

  constructor(
    private readonly hook: keyof Hooks,
    private readonly signal?: string,
  ) {}

  /** On everything in the module at once, then on the module class; all are called, whatever one of them throws. */
  async call(turns: readonly (readonly Hooked[])[]): Promise<Error[]> {
    const errors: (Error | undefined)[] = [];
    for (const turn of turns) errors.push(...(await Promise.all(turn.map((hooked) => this.#callOne(hooked)))));
    return errors.filter((error) => error !== undefined);
  }

  async #callOne({ plan, instance }: Hooked): Promise<Error | undefined> {
    if (typeof instance[this.hook] !== 'function' || this.#called.has(instance)) return undefined;
    this.#called.add(instance);
    try {
      refuseObservable(await instance[this.hook]?.(this.signal));
      return undefined;
    } catch (error) {
      return annotateError(error, `in ${this.hook} of ${String(plan)}`);
    }
  }
}

/** What has one of the hooks: singletons but for aliases, whose instance is called where it was made; then the module class. */
function hookedTurns(module: ModuleNode, hooks: readonly (keyof Hooks)[], instanceOf: InstanceOf): Hooked[][] {
  const hooked: Hooked[] = [];
  for (const plan of module.plans) {
    if (plan.scope !== Scope.DEFAULT || 'useExisting' in plan.definition) continue;
    const instance = instanceOf(plan) as Partial<Hooks> | null | undefined;
    if (hooks.some((hook) => typeof instance?.[hook] === 'function')) hooked.push({ plan, instance: instance as Partial<Hooks> });
  }
  const isModuleClass = ({ plan }: Hooked): boolean => plan.token === module.type;
  return [hooked.filter((one) => !isModuleClass(one)), hooked.filter(isModuleClass)].filter((turn) => turn.length > 0);
}

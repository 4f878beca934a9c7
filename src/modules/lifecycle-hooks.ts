import type {
  BeforeApplicationShutdown,
  OnApplicationBootstrap,
  OnApplicationShutdown,
  OnModuleDestroy,
  OnModuleInit,
} from '../contracts/lifecycle.js';
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
  for (const hook of START) {
    const round = new HookRound(hook, instanceOf);
    for (const module of modules) {
      const [error] = await round.call(module);
      if (error) throw error;
    }
  }
}

/** Tells modules, those that import others first, that the application ends; gives back what went wrong. */
export async function stopModules(modules: readonly ModuleNode[], instanceOf: InstanceOf, signal?: string): Promise<Error[]> {
  const errors: Error[] = [];
  for (const hook of STOP) {
    const round = new HookRound(hook, instanceOf, signal);
    for (const module of modules.toReversed()) errors.push(...(await round.call(module)));
  }
  return errors;
}

/** One hook, called module by module. */
class HookRound {
  /** An instance under two tokens is called once. */
  readonly #called = new Set<unknown>();

  constructor(
    private readonly hook: keyof Hooks,
    private readonly instanceOf: InstanceOf,
    private readonly signal?: string,
  ) {}

  /** On everything in the module at once, then on the module class; all are called, whatever one of them throws. */
  async call(module: ModuleNode): Promise<Error[]> {
    const errors: (Error | undefined)[] = [];
    for (const plans of turns(module)) errors.push(...(await Promise.all(plans.map((plan) => this.#callOne(plan)))));
    return errors.filter((error) => error !== undefined);
  }

  async #callOne(plan: ProviderPlan): Promise<Error | undefined> {
    const instance = this.instanceOf(plan) as Partial<Hooks> | null | undefined;
    if (typeof instance?.[this.hook] !== 'function' || this.#called.has(instance)) return undefined;
    this.#called.add(instance);
    try {
      await instance[this.hook]?.(this.signal);
      return undefined;
    } catch (error) {
      return annotateError(error, `in ${this.hook} of ${String(plan)}`);
    }
  }
}

/** Singletons but for aliases, whose instance is called where it was made; then the module class. */
function turns(module: ModuleNode): ProviderPlan[][] {
  const plans = module.plans.filter(({ scope, definition }) => scope === Scope.DEFAULT && !('useExisting' in definition));
  const isModuleClass = ({ token }: ProviderPlan): boolean => token === module.type;
  return [plans.filter((plan) => !isModuleClass(plan)), plans.filter(isModuleClass)];
}

import { Scope } from '../../shared/provider.js';
import type { Constructor } from '../../shared/types.js';
import { INQUIRER, inquirerOf, leaveInquirer } from '../inquirer.js';
import type { ModuleNode } from './module-node.js';
import { type PlannedDependency, type PlannedProvider, plannedProvider } from './planned-provider.js';

/** The module that plans are added to. */
type Home = Pick<ModuleNode, 'name' | 'derived'>;

/**
 * Gives transient providers that inject `INQUIRER` a plan of their own for each class that depends on them, so that
 * nothing is looked up when an instance is created. Without such a class, as for a factory, they get `undefined`.
 */
export class InquirerLinker {
  readonly #plans = new Map<PlannedProvider, Map<Constructor, PlannedProvider>>();

  link(node: ModuleNode): void {
    for (const plan of node.plans) this.linkDependencies(plan, node);
  }

  linkDependencies(plan: PlannedProvider, home: Home): void {
    const { definition } = plan;
    if (!('useClass' in definition)) return;
    plan.dependencies = plan.dependencies.map((dependency) => this.#for(definition.useClass, dependency, home));
  }

  /** Returns the dependency, with a plan for the class alone if it asks for the inquirer, itself or as an alias. */
  #for(type: Constructor, dependency: PlannedDependency, home: Home): PlannedDependency {
    const { target } = dependency;
    return target && asksInquirer(target) ? { ...dependency, target: this.#planFor(type, target, home) } : dependency;
  }

  #planFor(type: Constructor, target: PlannedProvider, home: Home): PlannedProvider {
    const plans = this.#plans.get(target) ?? new Map<Constructor, PlannedProvider>();
    this.#plans.set(target, plans);
    const known = plans.get(type);
    if (known) return known;
    const plan = { ...target };
    plans.set(type, plan);
    home.derived.push(plan);
    plan.dependencies = target.dependencies.map((dependency) => {
      if (dependency.inquirer) return { ...dependency, target: inquirer(type, home) };
      return 'useExisting' in target.definition ? this.#for(type, dependency, home) : dependency;
    });
    this.linkDependencies(plan, home);
    return plan;
  }
}

/** Whether a dependency is for the inquirer. The others than transient providers have none: dependants share them. */
export function mayInquire(token: unknown, isTransient: boolean | undefined): boolean {
  return token === INQUIRER && isTransient === true;
}

/** Advice about a provider that has no inquirer. */
export const INQUIRER_ADVICE =
  'INQUIRER is for transient providers, because the others are shared by their dependants: add ' +
  '{ scope: Scope.TRANSIENT } to the provider.';

function asksInquirer(target: PlannedProvider, seen = new Set<PlannedProvider>()): boolean {
  if (target.dependencies.some((dependency) => dependency.inquirer)) return true;
  const existing = 'useExisting' in target.definition ? target.dependencies[0]?.target : undefined;
  return existing !== undefined && !seen.has(existing) && asksInquirer(existing, seen.add(existing));
}

/** Transient, so that it is no instance that hooks are called on. */
function inquirer(type: Constructor, home: Home): PlannedProvider {
  const value = plannedProvider({ provide: INQUIRER, useValue: type }, home.name, Scope.TRANSIENT);
  const definition = { provide: INQUIRER, useFactory: inquirerOf, dispose: leaveInquirer };
  const plan = plannedProvider(definition, home.name, Scope.TRANSIENT);
  plan.dependencies = [{ target: value, deferred: false }];
  home.derived.push(value, plan);
  return plan;
}

import { brandOf } from '../../shared/brand.js';
import { type Constructor, isClass } from '../../shared/types.js';
import type { DiscoveryView } from '../discovery-service.js';
import type { ModuleView } from '../module-ref.js';
import { firstEntries, type ProviderPlan } from '../provider-plan.js';
import { tokenKey } from '../token-key.js';
import type { ModuleNode } from './module-node.js';
import { type PlannedProvider, plannedProvider } from './planned-provider.js';

/** The names of the framework's classes that are planned where a module asks for them. */
export const PLANNED_ON_DEMAND: ReadonlySet<string> = new Set(['ModuleRef', 'DiscoveryService']);

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key] };

/**
 * Plans the providers of the framework that read the plan itself, in the modules that ask for them: `ModuleRef` and
 * `DiscoveryService`. What they read is filled in once everything is linked.
 *
 * The classes come with the token, so that an application that uses neither does not load them.
 */
export class FrameworkProviders {
  readonly #modules = new Map<ModuleNode, Mutable<ModuleView>>();
  readonly #discovery: Mutable<DiscoveryView> = { providers: [], controllers: [] };

  /** The modules that ask for a `ModuleRef`. */
  get withModuleRef(): Iterable<ModuleNode> {
    return this.#modules.keys();
  }

  find(node: ModuleNode, token: unknown): PlannedProvider | undefined {
    if (!isClass(token)) return undefined;
    switch (brandOf(token)) {
      case 'ModuleRef': {
        const view = { module: node.name, visible: [] };
        this.#modules.set(node, view);
        return reading(node, token, view);
      }
      case 'DiscoveryService':
        return reading(node, token, this.#discovery);
      default:
        return undefined;
    }
  }

  /** Fills in what they read. */
  complete(modules: readonly ModuleNode[]): void {
    for (const [node, view] of this.#modules) view.visible.push(...visibleIn(node));
    for (const { providers, ownItems, appProviders, injectables, controllers } of modules) {
      const all = [...providers.values(), ...ownItems, ...appProviders, ...injectables.values()];
      this.#discovery.providers.push(...all.filter(({ isModule }) => !isModule));
      this.#discovery.controllers.push(...controllers);
    }
  }
}

function reading(node: ModuleNode, type: Constructor, view: object): PlannedProvider {
  const plan = plannedProvider({ provide: type, useClass: type }, node.name);
  const given = plannedProvider({ provide: `what ${plan.moduleName} sees`, useValue: view }, node.name);
  const lookup = plannedProvider({ provide: 'the instances', builtIn: 'lookup', perEvent: false }, node.name);
  plan.dependencies = [given, lookup].map((target) => ({ target, deferred: false }));
  node.derived.push(given, lookup);
  node.linked.set(tokenKey(type), plan);
  return plan;
}

function visibleIn(node: ModuleNode): ProviderPlan[] {
  const { providers, linked, injectables, imports, globals } = node;
  const all = [providers, linked, injectables, ...imports.map(({ exported }) => exported), globals];
  return [...firstEntries(all.flatMap((plans) => [...plans])).values()];
}

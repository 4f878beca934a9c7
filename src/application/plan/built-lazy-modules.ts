import { getLogger } from '../../logging/logger/current-logger.js';
import { decoratedClasses } from '../../metadata/class-registry.js';
import {
  type AddedUnit,
  type IsRunning,
  labelOf,
  type ProviderPlan,
  providersOf,
  targetsOf,
} from '../../modules/provider-plan.js';
import type { LazyModule, ModuleReference } from '../../shared/module.js';
import { onDemand } from '../../shared/on-demand.js';
import type { MaybePromise } from '../../shared/types.js';
import type { TransformerMaps } from '../../validation/transformer/transformer-maps.js';
import type { ApplicationPlan, LazyModulePlan, LazyPlanner } from '../application-plan.js';
import { isAt, nameOf, type PlacedModule, prefixOf } from '../http/lazy-routes.js';
import type { ApplicationOptions } from '../options/application-options.js';
import { foundHash } from './application-facts.js';
import type { LoadedModule } from './plan-lazy-modules.js';

/** A plan that `lambent build` made for a lazy module, in a file of its own. */
export interface BuiltLazyModule {
  /** The names of the classes that its import has decorated. */
  readonly names: readonly string[];
  /** The hash of what planning read. */
  readonly hash: string;
  /** `undefined` where nothing has decorators of class-transformer. */
  readonly maps: (() => TransformerMaps) | undefined;
  /** Loads the plans of the lazy modules that it imports. */
  readonly lazy: readonly LoadPlan[];
  readonly make: (root: ModuleReference, given: GivenToLazyModule) => LazyModulePlan;
}

/** Loads the plan of a lazy module; `undefined` for one that only the process can plan. */
export type LoadPlan = (() => Promise<{ readonly plan: BuiltLazyModule }>) | undefined;

/** The state of the application before a lazy module is planned. */
export interface GivenToLazyModule {
  readonly options: ApplicationOptions;
  /** The decorated classes: those of the application's start, then those that loading lazy modules has added. */
  readonly classes: readonly Function[];
  /** The providers of the application, then those of the lazy module that imports this one. */
  readonly running: readonly ProviderPlan[];
}

/** The import of a lazy module. */
interface Place extends GivenToLazyModule, PlacedModule {
  readonly load: LoadPlan;
}

/** A lazy module that the process has loaded. */
interface Loaded extends PlacedModule {
  readonly reference: ModuleReference;
  /** The classes that were decorated before. */
  readonly earlier: readonly Function[];
  /** Those that loading it has decorated, or another one that was loaded meanwhile. */
  readonly own: readonly Function[];
}

/**
 * Plans lazy modules as the build did: each on top of the application alone. A module that is not the one that was
 * built is planned in the process, and so is each after it.
 */
export class BuiltLazyModules implements LazyPlanner {
  readonly #places: Place[] = [];
  readonly #made: LoadedModule[] = [];
  #isLate = false;
  readonly #late: () => MaybePromise<LazyPlanner>;

  /** @param planLate Plans in the process, on top of the application and of the lazy modules that run. */
  constructor(
    { modules, lazyModules = [] }: ApplicationPlan,
    plans: readonly LoadPlan[],
    { options, classes }: Omit<GivenToLazyModule, 'running'>,
    planLate: (loaded: readonly LoadedModule[]) => Promise<LazyPlanner>,
  ) {
    this.#late = onDemand(() => planLate(this.#made));
    this.#place(lazyModules, '/', plans, { options, classes, running: modules.order });
  }

  prepare(module: LazyModule, prefix: string) {
    return async (isRunning: IsRunning): Promise<() => LazyModulePlan> => {
      const earlier = decoratedClasses();
      const reference = await module.load();
      const own = decoratedClasses().slice(earlier.length);
      const plan = this.#isLate ? undefined : await this.#make({ module, prefix, reference, earlier, own });
      if (plan) return () => plan;
      this.#isLate = true;
      const late = await this.#late();
      // Loaded once, because it may return another dynamic module each time.
      return late.prepare(module, prefix, async () => reference)(isRunning);
    };
  }

  async #make({ module, prefix, reference, earlier, own }: Loaded): Promise<LazyModulePlan | undefined> {
    const made = this.#made.find((one) => isAt(one, module, prefix));
    // It failed to start.
    if (made) return made.reference === reference ? made.plan : undefined;
    const place = this.#places.find((one) => isAt(one, module, prefix));
    if (!place?.load) return undefined;
    const { plan: built } = await place.load();
    if (this.#isLate) return undefined;
    const { options } = place;
    // Most modules share nothing with others.
    const classes = [own, ...called(built.names, [...own, ...without(earlier, place.classes)])]
      .map((types) => [...place.classes, ...types])
      .find((all) => foundHash({ root: reference, options, classes: all, maps: built.maps?.() }) === built.hash);
    if (!classes) {
      warnOfDifference(place);
      return undefined;
    }
    const plan = built.make(reference, { ...place, classes });
    if (!plan.units.every((unit) => this.#isAlike(unit))) return undefined;
    const running = [...place.running, ...providersOf(plan)];
    this.#made.push({ module, prefix, reference, plan });
    this.#place(plan.lazyModules, prefix, built.lazy, { options, classes, running });
    return plan;
  }

  /** Whether modules that another lazy module has brought have the same providers there: they share the instances. */
  #isAlike({ modules, order }: AddedUnit): boolean {
    const others = this.#made.flatMap(({ plan: { units } }) => units);
    const other = others.find((unit) => unit.modules.some((one) => modules.includes(one)));
    return other === undefined || String(other.order.map(outlineOf)) === String(order.map(outlineOf));
  }

  #place(modules: readonly LazyModule[], within: string, plans: readonly LoadPlan[], given: GivenToLazyModule): void {
    for (const [index, module] of modules.entries())
      this.#places.push({ ...given, module, prefix: prefixOf(module, within), load: plans[index] });
  }
}

/** The number of these lists that are tried: each costs a hash, all of them less than to plan. */
const ATTEMPTS = 16;

/**
 * Returns the lists of classes with these names, the newest first: what a module shares with one that was loaded
 * before, or is being loaded, is found by its name, which may be that of another class. Which list is the right one is
 * up to the hash.
 */
function called(names: readonly string[], types: readonly Function[]): readonly (readonly Function[])[] {
  let lists: readonly (readonly Function[])[] = [[]];
  for (const name of names) {
    const candidates = types.filter((type) => type.name === name);
    // The newest ones for all lists come before others.
    const longer = candidates.flatMap((type) =>
      lists.filter((list) => !list.includes(type)).map((list) => [...list, type]),
    );
    lists = longer.slice(0, ATTEMPTS);
  }
  return lists;
}

function without(all: readonly Function[], known: readonly Function[]): readonly Function[] {
  const old = new Set(known);
  return all.filter((type) => !old.has(type));
}

function warnOfDifference(place: Place): void {
  getLogger().warning(
    `${nameOf(place)} differs from the module that was built, because of the environment or of modules that ` +
      'were loaded before it, so its first request plans it, which slows the request.',
  );
}

/**
 * Outlines a provider without what may differ: an optional dependency that only one of the modules provides, and with
 * it the scope.
 */
function outlineOf(plan: ProviderPlan): string {
  return [labelOf(plan), plan.scope, ...targetsOf(plan).map(labelOf)].join();
}

import type { ApplicationPlan, LazyModulePlan, LazyPlanner } from '../../application/application-plan.js';
import { prefixOf } from '../../application/http/lazy-routes.js';
import { factsHash } from '../../application/plan/application-facts.js';
import { NotEmittable } from '../../contracts/emittable.js';
import { decoratedClasses } from '../../metadata/class-registry.js';
import { NO_OVERRIDES } from '../../modules/overrides.js';
import { type ModulesByReference, scanModules } from '../../modules/plan/scan-modules.js';
import { providersOf } from '../../modules/provider-plan.js';
import type { LazyModule, ModuleReference } from '../../shared/module.js';
import { type TransformerMaps, transformerMaps } from '../../validation/transformer/transformer-maps.js';
import type { RecordedApplication } from './recorded-application.js';
import type { Given } from './value-names.js';

/** A lazy module that is loaded and planned. */
export interface PlannedLazyModule {
  readonly given: Required<Given>;
  readonly planned: LazyModulePlan;
  /** The names of the classes that its import has decorated. */
  readonly names: readonly string[];
  /** The hash of what planning has read. */
  readonly hash: string;
  readonly prefix: string;
}

/** The import of lazy modules, and what exists before they are loaded. */
interface Place extends Omit<Required<Given>, 'root'>, Pick<LazyModulePlan, 'lazyModules'> {
  readonly planner: LazyPlanner;
  readonly prefix: string;
}

/**
 * Loads a lazy module after those that import it, and plans it on top of the application: what a process does whose
 * first request under its prefix this is.
 *
 * @param path The numbers of the lazy modules that lead to it.
 * @throws BootstrapError for every error that metadata shows; NotEmittable for a module that cannot be loaded.
 */
export async function loadLazyModule(
  application: RecordedApplication,
  { lazyPlanner, lazyModules = [], modules }: ApplicationPlan,
  path: readonly number[],
): Promise<PlannedLazyModule> {
  const { options } = application.config;
  const planner = await lazyPlanner!();
  const given = { options, classes: classesAtStart(application), running: modules.order };
  return loadFrom({ ...given, planner, prefix: '/', lazyModules }, path);
}

async function loadFrom(place: Place, [index, ...path]: readonly number[]): Promise<PlannedLazyModule> {
  const module = place.lazyModules[index!]!;
  const found = await loadAt(place, module);
  if (path.length === 0) return found;
  const { given, planned, prefix } = found;
  const { lazyModules } = planned;
  const running = [...place.running, ...providersOf(planned)];
  return loadFrom({ ...place, ...given, prefix, lazyModules, running }, path);
}

async function loadAt(place: Place, module: LazyModule): Promise<PlannedLazyModule> {
  const { planner, options, running } = place;
  const prefix = prefixOf(module, place.prefix);
  const count = decoratedClasses().length;
  const root = await imported(module);
  const own = decoratedClasses().slice(count);
  const classes = [...place.classes, ...own];
  const given = { root, options, classes, running };
  // With a list, though an empty one, messages call it what lazy() loads, not the root module.
  refusePromises(root, new Map());
  // Before planning, which may load more classes.
  const hash = factsHash({ ...given, maps: mapsOf(classes) });
  // Loaded once, because it may return another dynamic module each time.
  const plan = await planner.prepare(module, prefix, async () => root)(() => true);
  return { given, planned: plan(), names: own.map(({ name }) => name), hash, prefix };
}

async function imported(module: LazyModule): Promise<ModuleReference> {
  try {
    return await module.load();
  } catch (error) {
    const { name, stack } = Object(error) as Error;
    if (name === 'BootstrapError') throw error;
    throw new NotEmittable(`its import failed: ${stack ?? String(error)}`);
  }
}

/** Returns the decorated classes that there were when an application was created. */
export function classesAtStart({ classes }: RecordedApplication): readonly Function[] {
  return decoratedClasses().slice(0, classes);
}

/** Returns what class-transformer has recorded, where one of the classes has decorators of it. */
export function mapsOf(classes: readonly Function[]): TransformerMaps | undefined {
  const maps = transformerMaps();
  const all = Object.values(maps) as ReadonlyMap<unknown, unknown>[];
  return classes.some((type) => all.some((map) => map.has(type))) ? maps : undefined;
}

/** @throws NotEmittable for a promised import, in which nothing can be compared before it is awaited. */
export function refusePromises(root: ModuleReference, known?: ModulesByReference): void {
  const { modules } = scanModules(root, { settled: new Map(), known, replaced: NO_OVERRIDES.modules });
  const found = modules.find(({ unresolved }) => unresolved.length > 0);
  if (found) throw new NotEmittable(`${found.name} imports a promise, which may bring another module at the start`);
}

import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { OutputChunk, Plugin } from 'rolldown';
import { nameOf } from '../../application/http/lazy-routes.js';
import { type NamedRoutes, refuseDuplicateRoutes } from '../../application/plan/refuse-duplicates.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { PresetSettings } from '../build-options.js';
import type { PlanItem } from '../build-report.js';
import { BUILD_OUTPUT, bundle, type Bundle } from '../bundle.js';
import type { ImportGraph } from '../import-graph.js';
import type { FeatureUse } from '../optional-peers.js';
import type { Plans } from './planner-substitute.js';
import { PLANNING_FILE, planningBundle, RUNTIME_FILE } from './planning-bundle.js';
import type {
  ApplicationText,
  EmittedPlan,
  Findings,
  LazyModuleText,
  LazyPlan,
  Linked,
  Outcome,
  PlanText,
} from './planning-outcome.js';
import { type PlanningFiles, runPlanning } from './planning-process.js';

/** The outcome of planning one entry. */
export interface PlannedEntry {
  /** The name of its file, without an extension. */
  readonly name: string;
  readonly outcome: {
    /** The features that each application and lazy module uses, as far as they are known. */
    readonly uses: readonly FeatureUse[];
  } & (
    | { readonly plans: readonly EmittedPlan[]; readonly reason?: undefined }
    | { readonly reason: string; readonly plans?: undefined }
  );
}

/** The outcomes of planning. */
export interface Planned extends Omit<Plans, 'entries'> {
  readonly entries: readonly PlannedEntry[];
}

/**
 * Plans the applications of each entry and their lazy modules, in a process for each: bundles them with the planner,
 * imports the result, and constructs nothing.
 *
 * @param more Plugins that the bundle needs besides those of the preset.
 * @throws BootstrapError for an error that the bootstrap of an application would report; UnbundledPlanner when there is
 *   no bundle to plan with.
 */
export async function planApplications(settings: PresetSettings, more: readonly Plugin[] = []): Promise<Planned> {
  const cache = join(settings.cwd, 'node_modules', '.cache', 'lambent');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'plan-'));
  try {
    const { chunks, graph } = await bundleToPlan({ ...settings, minify: false, outDir: folder }, more);
    for (const chunk of chunks) await write(folder, chunk);
    await linkAssets(resolve(settings.cwd, settings.outDir), folder);
    const all = chunks.filter(({ isEntry }) => isEntry);
    const [planner, runtime] = [PLANNING_FILE, RUNTIME_FILE].map((file) => all.find(({ name }) => name === file));
    const entries = all.filter((each) => each !== planner && each !== runtime);
    const isOwn = ownModules(graph);
    const sources = sourcesOf(chunks, isOwn);
    const describes = sources.some((code) => mayCall('describe', code));
    const serializes = graph.importersOf((id) => CLASS_TRANSFORMER.test(id)).some(isOwn);
    if (!planner || !runtime)
      return {
        entries: sources.some((code) => mayCall('create', code)) ? entries.map(withoutFramework) : [],
        describes,
        serializes,
      };
    const files = { folder, planner: planner.fileName, runtime: runtime.fileName, cwd: settings.cwd };
    const work = entries.map(async ({ name, fileName }) => {
      const outcome = await planEntry({ ...files, entry: fileName });
      const isLate = outcome.plans?.length === 0 && sources.some((code) => mayCall('create', code));
      return { name, outcome: isLate ? { reason: CREATED_LATE, uses: [] } : outcome };
    });
    return { entries: await allOf(work), describes, serializes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The error of an application that could not be bundled for planning; its cause has the reason. */
export class UnbundledPlanner extends Error {}

async function bundleToPlan(settings: PresetSettings, more: readonly Plugin[]): Promise<Bundle> {
  try {
    return await bundle(settings, [planningBundle(settings)], more);
  } catch (cause) {
    throw new UnbundledPlanner('The application cannot be bundled for planning', { cause });
  }
}

/** Returns the plans of all entries, if there are any. */
export function plansOf({ entries, ...application }: Planned): Plans | undefined {
  const plans = entries.map(({ outcome }) => outcome.plans ?? []);
  return plans.flat().length === 0 ? undefined : { ...application, entries: plans };
}

const OWN_FILE = /[\\/]build[\\/]plan[\\/]emit-applications\.[jt]s$/;

const CLASS_TRANSFORMER = /(?:^|[\\/])class-transformer(?:[\\/]|$)/;

/** Returns whether a module is of the application or of a package, rather than of the framework. */
function ownModules({ modules }: ImportGraph): (id: string) => boolean {
  const framework = modules.find((id) => OWN_FILE.test(id))?.replace(OWN_FILE, '');
  return (id) => framework === undefined || !id.startsWith(framework);
}

function sourcesOf(chunks: readonly OutputChunk[], isOwn: (id: string) => boolean): string[] {
  const modules = chunks.flatMap((chunk) => Object.entries(chunk.modules));
  return modules.filter(([id]) => isOwn(id)).map(([, { code }]) => code ?? '');
}

/**
 * Whether a module may call a static method of `LambdaApplication`, by whatever name: one that mentions both may. A
 * planner that is loaded for nothing costs time, but one that is missing fails the call of `describe`.
 */
function mayCall(method: keyof typeof METHODS, code: string): boolean {
  return /\bLambdaApplication\b/.test(code) && METHODS[method].test(code);
}

const METHODS = { create: /\bcreate\b/, describe: /\bdescribe\b/ };

function withoutFramework({ name }: OutputChunk): PlannedEntry {
  const reason = 'lambent is not in the bundle: take it out of the option "external"';
  return { name, outcome: { reason, uses: [] } };
}

const CREATED_LATE =
  'its modules create no application while they are imported: ' +
  'call LambdaApplication.create at the top level of a module, not in a function that the handler calls';

async function planEntry(files: PlanningFiles): Promise<PlannedEntry['outcome']> {
  const { findings = [], ...outcome } = withoutMistake(await runPlanning<ApplicationText>(files));
  const lazy = await allOf(findings.map((one, index) => planLazyModules(one, { ...files, lazy: [index] })));
  for (const [index, { routes, router }] of findings.entries())
    refuseDuplicateRoutes([...routes, ...lazy[index]!.flatMap((one) => one.routes)], router);
  const uses = [...findings, ...lazy.flat()].flatMap((one) => one.uses);
  if (!outcome.plans) return { reason: outcome.reason, uses };
  return { plans: outcome.plans.map((plan, index) => linked(plan, lazy[index]!)), uses };
}

/** A lazy module with those that it imports. */
interface PlannedLazyModule extends LazyPlan {
  readonly items: readonly PlanItem[];
  readonly uses: readonly FeatureUse[];
  readonly routes: readonly NamedRoutes[];
}

type Place = PlanningFiles & { readonly lazy: readonly number[] };

function planLazyModules({ lazyPrefixes }: Findings, place: Place): Promise<PlannedLazyModule[]> {
  return allOf(lazyPrefixes.map((prefix, index) => planLazyModule(prefix, { ...place, lazy: [...place.lazy, index] })));
}

async function planLazyModule(prefix: string, place: Place): Promise<PlannedLazyModule> {
  const outcome = withoutMistake(await runPlanning<LazyModuleText>(place), ` (in ${nameOf({ prefix })})`);
  const { plans: [text] = [], findings: [findings] = [], reason } = outcome;
  const below = findings ? await planLazyModules(findings, place) : [];
  const plan = text && linked(text, below);
  return {
    ...(plan && { plan }),
    items: [{ kind: 'lazy', name: prefix.slice(1), ...(reason !== undefined && { reason }) }, ...(plan?.items ?? [])],
    uses: [...(findings ? [findings.uses] : []), ...below.flatMap(({ uses }) => uses)],
    routes: [...(findings?.routes ?? []), ...below.flatMap(({ routes }) => routes)],
  };
}

/** Adds the plans of its lazy modules to a plan. */
function linked<P extends PlanText>(plan: P, below: readonly PlannedLazyModule[]): Linked<P> {
  return { ...plan, items: [...plan.items, ...below.flatMap(({ items }) => items)], lazy: below };
}

/** Waits for all, whatever becomes of them. @throws The error of the first in the list. */
async function allOf<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(work);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

/** @param where Appended to the mistake. */
function withoutMistake<P>(outcome: Outcome<P>, where = ''): Exclude<Outcome<P>, { readonly mistake: string }> {
  if (outcome.mistake !== undefined) throw new BootstrapError(outcome.mistake + where);
  return outcome;
}

/** Links what modules may read beside the bundle, such as templates that were copied to its folder. */
async function linkAssets(outDir: string, folder: string): Promise<void> {
  const names = await readdir(outDir).catch(() => []);
  const assets = names.filter((name) => name !== 'node_modules' && !BUILD_OUTPUT.test(name));
  // Where links are not permitted, the import fails as it would without the file.
  await Promise.all(assets.map((name) => symlink(join(outDir, name), join(folder, name)).catch(() => undefined)));
}

/** Writes a file with its map, so that stacks name the sources. */
async function write(folder: string, { fileName, code, map }: OutputChunk): Promise<void> {
  const path = join(folder, fileName);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, map ? `${code}\n//# sourceMappingURL=${basename(fileName)}.map\n` : code);
  if (map) await writeFile(`${path}.map`, map.toString());
}

import type { PresetSettings } from '../build-options.js';
import type { BundlerPlugin, StartContext, StartOptions } from '../rolldown-types.js';
import { fileOf, findFramework, type FrameworkFiles, leadsTo, PLANNER } from './framework-files.js';
import { functionText, importsText, lazyFunctionText } from './plan-text.js';
import type { EmittedPlan, LazyModuleText, LazyPlan, Linked, PlanText } from './planning-outcome.js';

const PREFIX = '\0lambent:plan';
/** The module that plans in the process, which is loaded when no plan fits. */
const LATE_PLANNER = '\0lambent:late-planner';
const CHECK = 'application/plan/check-application-options';
const CHECK_CONFIGURED = 'application/plan/check-configured-options';

/** The plans of a bundle. */
export interface Plans {
  /** The plans of each entry. */
  readonly entries: readonly (readonly EmittedPlan[])[];
  /** Whether the application calls `LambdaApplication.describe`, which needs the planner at once. */
  readonly describes: boolean;
  /**
   * Whether the application imports class-transformer, anywhere: its decorators say how results are serialized, of
   * classes that planning does not see as well.
   */
  readonly serializes: boolean;
}

/**
 * Returns a plugin that replaces the planner by plans.
 *
 * @param read Returns the plans when rolldown starts; `undefined` for none.
 */
export function substitutePlanner(
  settings: PresetSettings,
  read: (context: StartContext, options: StartOptions) => Promise<Plans | undefined>,
): BundlerPlugin {
  let plans: Plans | undefined;
  let files: FrameworkFiles | undefined;
  return {
    name: 'lambent:plan',
    async buildStart(options) {
      plans = await read(this, options);
      files = plans && (await findFramework(this, settings));
    },
    resolveId: {
      filter: { id: /^\0lambent:(?:plan|late-planner)|planner\.[jt]s$/ },
      handler(source, importer = '') {
        if (source.startsWith('\0')) return source;
        // Our modules import the planner itself.
        const isReplaced = files && !importer.startsWith('\0') && leadsTo(files, PLANNER, source, importer);
        return isReplaced ? PREFIX : null;
      },
    },
    load: {
      filter: { id: /^\0lambent:(?:plan|late-planner)/ },
      handler: (id) => (files && plans ? { code: textOf(id, files, plans), moduleSideEffects: false } : null),
    },
  };
}

function textOf(id: string, files: FrameworkFiles, plans: Plans): string {
  if (id === PREFIX) return tableText(files, plans);
  const all = plans.entries.flat();
  if (id === LATE_PLANNER) return latePlannerText(files, all);
  const [application, ...path] = id
    .slice(PREFIX.length + 1)
    .split(':')
    .map(Number);
  const plan = all[application!]!;
  return path.length === 0 ? planText(files, plan) : lazyModuleText(files, lazyModuleIn(plan, path), id);
}

function lazyModuleIn({ lazy }: Linked<PlanText>, [index, ...path]: readonly number[]): Linked<LazyModuleText> {
  const plan = lazy[index!]!.plan!;
  return path.length === 0 ? plan : lazyModuleIn(plan, path);
}

const NO_DESCRIPTION = `
export function describeApplication() {
  throw new Error('The bundle cannot describe the application. Build it with the option plan: false.');
}`;

/** Returns the module that replaces the planner. Several functions don't load each other's plans. */
function tableText(files: FrameworkFiles, { entries, describes, serializes }: Plans): string {
  const all = entries.flat();
  const isShared = entries.length > 1;
  const imports = all.map((_, index) => (isShared ? '' : `import { make as make${index} } from ${idOf(index)};\n`));
  const items = all.map(({ classes, hash, optionsHash, lazy }, index) => {
    const later = `(root, options) => import(${idOf(index)}).then(({ make }) => make(root, options))`;
    const facts = JSON.stringify({ classes, hash, optionsHash }).slice(1, -1);
    const ofLazy = lazy.length > 0 ? `, lazy: ${lazyText(lazy, `${PREFIX}:${index}`)}` : '';
    return `{ ${facts}, make: ${isShared ? later : `make${index}`}${ofLazy} }`;
  });
  const maps = all.some(({ hasTransformers }) => hasTransformers);
  return `
import { builtPlanner } from ${pathOf(files, 'application/plan/built-plan')};
${maps ? mapsText(files) : ''}
${serializes ? serializationText(files) : ''}
${imports.join('')}
export const planApplication = builtPlanner({
  plans: [${items.join(', ')}],
  maps: ${maps ? 'recordedMaps' : 'undefined'},
  planner: () => import(${JSON.stringify(LATE_PLANNER)}),
  checkOptions: (options) => import(${pathOf(files, CHECK)}).then((check) => check.checkApplicationOptions(options)),
});
export const checkApplicationOptions = () => undefined;
export const checkConfiguredOptions = (options) =>
  import(${pathOf(files, CHECK_CONFIGURED)}).then((check) => check.checkConfiguredOptions(options));
${describes ? `export { describeApplication } from ${pathOf(files, PLANNER)};` : NO_DESCRIPTION}`;
}

function mapsText(files: FrameworkFiles): string {
  return `import { transformerMaps as recordedMaps } from ${pathOf(files, 'validation/transformer/transformer-maps')};`;
}

/** Lets results be serialized by class-transformer's decorators. */
function serializationText(files: FrameworkFiles): string {
  return `
import { provideSerialization } from ${pathOf(files, 'validation/transformer/serialization-rules')};
provideSerialization();`;
}

/** Returns the list of functions that load the plans of lazy modules. */
function lazyText(lazy: readonly LazyPlan[], id: string): string {
  const items = lazy.map(({ plan }, index) =>
    plan ? `() => import(${JSON.stringify(`${id}:${index}`)})` : 'undefined',
  );
  return `[${items.join(', ')}]`;
}

/** Returns the module with the plan of a lazy module. */
function lazyModuleText(files: FrameworkFiles, plan: Linked<LazyModuleText>, id: string): string {
  const { names, hash, hasTransformers, lazy } = plan;
  return `
${importsText(plan, (module) => fileOf(files, module))}
${hasTransformers ? mapsText(files) : ''}
export const plan = {
  ${JSON.stringify({ names, hash }).slice(1, -1)},
  maps: ${hasTransformers ? 'recordedMaps' : 'undefined'},
  lazy: ${lazyText(lazy, id)},
  make: ${lazyFunctionText(plan)},
};`;
}

function idOf(index: number): string {
  return JSON.stringify(`${PREFIX}:${index}`);
}

function pathOf(files: FrameworkFiles, module: string): string {
  return JSON.stringify(fileOf(files, module));
}

function planText(files: FrameworkFiles, plan: EmittedPlan): string {
  return `${importsText(plan, (module) => fileOf(files, module))}\nexport const make = ${functionText(plan)};`;
}

/** Returns the module that plans in the process. It knows what the build saw. */
function latePlannerText(files: FrameworkFiles, plans: readonly EmittedPlan[]): string {
  return `
import { latePlanner } from ${pathOf(files, 'application/plan/late-planner')};
export const { planAnew, describe, planLazily } = latePlanner(${JSON.stringify(plans.map(({ texts }) => texts))});`;
}

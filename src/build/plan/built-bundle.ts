import type { Plugin } from 'rolldown';
import { fileOf, findFramework, type FrameworkFiles, leadsTo, PLANNER } from './framework-files.js';
import type { EmittedPlan } from './outcome.js';
import { functionText, importsText } from './plan-text.js';

const PREFIX = '\0lambent:plan';
const ANEW = `${PREFIX}-anew`;

/** The plans of a bundle, by entry. */
export type PlansByEntry = readonly (readonly EmittedPlan[])[];

/** Returns a plugin that puts plans in the place of the planner. */
export function builtBundle(cwd: string, plans: PlansByEntry): Plugin {
  let files: FrameworkFiles | undefined;
  return {
    name: 'lambent:plan',
    async buildStart() {
      files = await findFramework(this, cwd);
    },
    resolveId: {
      filter: { id: [/^\0lambent:plan/, /planner\.[jt]s$/] },
      handler(source, importer = '') {
        if (source.startsWith(PREFIX)) return source;
        // The module that plans anew imports the planner itself.
        const isReplaced = files && !importer.startsWith(PREFIX) && leadsTo(files, PLANNER, source, importer);
        return isReplaced ? PREFIX : null;
      },
    },
    load: {
      filter: { id: /^\0lambent:plan/ },
      handler: (id) => files && { code: textOf(id, files, plans), moduleSideEffects: false },
    },
  };
}

function textOf(id: string, files: FrameworkFiles, plans: PlansByEntry): string {
  if (id === PREFIX) return tableText(files, plans);
  return id === ANEW
    ? anewText(files, plans.flat())
    : planText(files, plans.flat()[Number(id.slice(PREFIX.length + 1))]!);
}

/** Returns the module in the place of the planner. Several functions don't load each other's plans. */
function tableText(files: FrameworkFiles, plans: PlansByEntry): string {
  const all = plans.flat();
  const isShared = plans.length > 1;
  const imports = all.map((_, index) => (isShared ? '' : `import { make as make${index} } from ${idOf(index)};\n`));
  const items = all.map(({ classes, hash }, index) => {
    const later = `(root, options) => import(${idOf(index)}).then(({ make }) => make(root, options))`;
    return `{ classes: ${classes}, hash: ${JSON.stringify(hash)}, make: ${isShared ? later : `make${index}`} }`;
  });
  const maps = all.some(({ hasTransformers }) => hasTransformers);
  return `
import { builtPlanner } from ${pathOf(files, 'application/plan/built-plan')};
${maps ? `import { transformerMaps } from ${pathOf(files, 'validation/transformer/transformer-maps')};` : ''}
${imports.join('')}
const anew = () => import(${JSON.stringify(ANEW)});
export const planApplication = builtPlanner({
  plans: [${items.join(', ')}],
  maps: ${maps ? 'transformerMaps' : 'undefined'},
  planAnew: (root, config, facts) => anew().then(({ planAnew }) => planAnew(root, config, facts)),
});
export const describeApplication = (root, config) => anew().then((module) => module.describeApplication(root, config));`;
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

/** Returns the module that plans in the process. It knows what the build saw, to say what is different. */
function anewText(files: FrameworkFiles, plans: readonly EmittedPlan[]): string {
  return `
import { describeApplication, planApplication } from ${pathOf(files, PLANNER)};
import { warnOfDifference } from ${pathOf(files, 'application/plan/differing-facts')};
const built = ${JSON.stringify(plans.map(({ texts }) => texts))};
export { describeApplication };
export function planAnew(root, config, facts) {
  warnOfDifference(built, facts);
  return planApplication(root, config);
}`;
}

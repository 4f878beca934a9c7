import type { ApplicationPlan } from '../../application/application-plan.js';
import type { ApplicationConfig } from '../../application/options/application-config.js';
import { factsHash, optionsHash } from '../../application/plan/application-facts.js';
import { factTexts } from '../../application/plan/differing-facts.js';
import { NotEmittable } from '../../contracts/emittable.js';
import { decoratedClasses } from '../../metadata/class-registry.js';
import { NO_OVERRIDES } from '../../modules/overrides.js';
import { scanModules } from '../../modules/plan/scan-modules.js';
import type { ModuleReference } from '../../shared/module.js';
import type { MaybePromise } from '../../shared/types.js';
import { transformerMaps } from '../../validation/transformer/transformer-maps.js';
import type { FeatureUse } from '../optional-peers.js';
import { emitValue } from './emit-value.js';
import { explainPlan } from './explain-plan.js';
import { featureUse } from './feature-use.js';
import { type EmittedPlan, type Outcome } from './planning-outcome.js';
import { type RecordedApplication, recordedApplications } from './recorded-application.js';
import { HeldValues, type Namespaces } from './value-names.js';

// What runs inside the planning bundle, once the application's own modules are evaluated.

type Plan = (root: ModuleReference, config: ApplicationConfig) => MaybePromise<ApplicationPlan>;

/** The key under which the planning bundle keeps the exports of the framework's files. */
const NAMESPACES = Symbol.for('lambent.namespaces');

/** Plans each application that was created, and returns the plans as text. */
export async function emitApplications(plan: Plan): Promise<Outcome> {
  const uses: FeatureUse[] = [];
  const noted: Plan = async (root, config) => {
    const planned = await plan(root, config);
    uses.push(featureUse(planned));
    return planned;
  };
  try {
    const plans: EmittedPlan[] = [];
    for (const application of recordedApplications) plans.push(await emitApplication(application, noted));
    return { plans, uses };
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'BootstrapError') return { mistake: message };
    return { reason: error instanceof NotEmittable ? message : `planning failed: ${name}: ${message}`, uses };
  }
}

async function emitApplication(
  { root, config, classes: count }: RecordedApplication,
  plan: Plan,
): Promise<EmittedPlan> {
  const { options } = config;
  const classes = decoratedClasses().slice(0, count);
  const maps = Object.values(transformerMaps()) as ReadonlyMap<unknown, unknown>[];
  const hasTransformers = classes.some((type) => maps.some((map) => map.has(type)));
  refusePromises(root);
  // Before planning, which may load more classes.
  const subject = { root, options, classes, maps: hasTransformers ? transformerMaps() : undefined };
  const facts = { texts: factTexts(subject), hash: factsHash(subject), optionsHash: optionsHash(subject) };
  // Both are for the process that plans. A built plan loads the planner for them.
  const { describe: _, lazyPlanner: __, ...planned } = await plan(root, config);
  const namespaces = (globalThis as { [NAMESPACES]?: Namespaces })[NAMESPACES] ?? new Map();
  const emitted = emitValue(planned, new HeldValues({ root, options, classes }, namespaces), 'the plan');
  return {
    ...emitted,
    imports: [...emitted.imports].map(([module, names]) => [module, [...names]] as const),
    classes: count,
    items: explainPlan(planned),
    hasTransformers,
    ...facts,
  };
}

/** @throws NotEmittable for a promised import, in which nothing can be compared before it is awaited. */
export function refusePromises(root: ModuleReference): void {
  const { modules } = scanModules(root, { settled: new Map(), known: undefined, replaced: NO_OVERRIDES.modules });
  const found = modules.find(({ unresolved }) => unresolved.length > 0);
  if (found) throw new NotEmittable(`${found.name} imports a promise, which may bring another module at the start`);
}

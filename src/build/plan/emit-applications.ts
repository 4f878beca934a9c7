import type { ApplicationPlan } from '../../application/application-plan.js';
import { nameOf, prefixOf } from '../../application/http/lazy-routes.js';
import type { ApplicationConfig } from '../../application/options/application-config.js';
import { factsHash, optionsHash } from '../../application/plan/application-facts.js';
import { factTexts } from '../../application/plan/differing-facts.js';
import { namedRoutes } from '../../application/plan/refuse-duplicates.js';
import { NotEmittable } from '../../contracts/emittable.js';
import { providersOf } from '../../modules/provider-plan.js';
import type { LazyModule, ModuleReference } from '../../shared/module.js';
import { messageOf } from '../../shared/thrown.js';
import type { MaybePromise } from '../../shared/types.js';
import { emitValue } from './emit-value.js';
import { explainPlan } from './explain-plan.js';
import { featureUse } from './feature-use.js';
import { classesAtStart, loadLazyModule, mapsOf, refusePromises } from './load-lazy-module.js';
import type { ApplicationText, Findings, LazyModuleText, Outcome, PlanText } from './planning-outcome.js';
import { type RecordedApplication, recordedApplications } from './recorded-application.js';
import { type Given, HeldValues, type Namespaces } from './value-names.js';

// What runs inside the planning bundle, once the application's own modules are evaluated.

type Plan = (root: ModuleReference, config: ApplicationConfig) => MaybePromise<ApplicationPlan>;

/** The key under which the planning bundle keeps the exports of the framework's files. */
const NAMESPACES = Symbol.for('lambent.namespaces');

/** Plans each application that was created, and returns the plans as text. */
export function emitApplications(plan: Plan): Promise<Outcome> {
  return outcomeOf(recordedApplications.map((one) => (findings) => emitApplication(one, plan, findings)));
}

/**
 * Plans a lazy module, and returns the plan as text.
 *
 * @param path The number of the application, then those of the lazy modules that lead to it.
 */
export function emitLazyModule(plan: Plan, path: readonly number[]): Promise<Outcome<LazyModuleText>> {
  return outcomeOf([(findings) => emitLazily(plan, path, findings)]);
}

type Emit<P> = (findings: Findings[]) => Promise<P>;

async function outcomeOf<P>(all: readonly Emit<P>[]): Promise<Outcome<P>> {
  const findings: Findings[] = [];
  const plans: P[] = [];
  let reason: string | undefined;
  for (const emit of all) {
    try {
      plans.push(await emit(findings));
    } catch (error) {
      const { name = typeof error } = Object(error) as Partial<Error>;
      const message = messageOf(error);
      if (name === 'BootstrapError') return { mistake: message };
      // The others may have mistakes.
      reason ??= error instanceof NotEmittable ? message : `planning failed: ${name}: ${message}`;
    }
  }
  return reason === undefined ? { plans, findings } : { reason, findings };
}

async function emitApplication(
  application: RecordedApplication,
  plan: Plan,
  findings: Findings[],
): Promise<ApplicationText> {
  const { root, config } = application;
  const { options, router } = config;
  const classes = classesAtStart(application);
  refusePromises(root);
  // Before planning, which may load more classes.
  const subject = { root, options, classes, maps: mapsOf(classes) };
  const facts = { texts: factTexts(subject), hash: factsHash(subject), optionsHash: optionsHash(subject) };
  // Both are for the process that plans. A built plan loads the planner for them.
  const { describe: _, lazyPlanner: __, ...planned } = await plan(root, config);
  const { lazyModules = [], modules, routes } = planned;
  const uses = featureUse({ order: modules.order, isAll: lazyModules.length === 0 });
  findings.push({ uses, routes: namedRoutes(routes), router, lazyPrefixes: prefixesOf(lazyModules, '/') });
  return {
    ...textOf(planned, { root, options, classes }),
    classes: classes.length,
    items: explainPlan({ ...planned, order: modules.order }),
    ...facts,
  };
}

async function emitLazily(
  plan: Plan,
  [application, ...path]: readonly number[],
  findings: Findings[],
): Promise<LazyModuleText> {
  const recorded = recordedApplications[application!]!;
  const { root, config } = recorded;
  const found = await loadLazyModule(recorded, await plan(root, config), path);
  const { given, planned, names, hash, prefix } = found;
  const order = providersOf(planned);
  findings.push({
    uses: featureUse({ order, isAll: false }),
    routes: namedRoutes(planned.routes, nameOf({ prefix })),
    router: config.router,
    lazyPrefixes: prefixesOf(planned.lazyModules, prefix),
  });
  return { ...textOf(planned, given), items: explainPlan({ ...planned, consumers: [], order }), names, hash };
}

function prefixesOf(modules: readonly LazyModule[], within: string): string[] {
  return modules.map((module) => prefixOf(module, within));
}

function textOf(
  plan: Omit<ApplicationPlan, 'modules' | 'consumers' | 'enhancers'>,
  given: Given,
): Omit<PlanText, 'items'> {
  const namespaces = (globalThis as { [NAMESPACES]?: Namespaces })[NAMESPACES] ?? new Map();
  const { imports, ...text } = emitValue(plan, new HeldValues(given, namespaces), 'the plan');
  return {
    ...text,
    imports: [...imports].map(([module, names]) => [module, [...names]] as const),
    hasTransformers: mapsOf(given.classes) !== undefined,
  };
}

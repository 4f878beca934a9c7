import 'reflect-metadata';
import { appendFileSync } from 'node:fs';
import type { ApplicationPlan } from '../../src/application/application-plan.js';
import type { ApplicationConfig } from '../../src/application/options/application-config.js';
import { planApplication as planInProcess, planLazily } from '../../src/application/plan/plan-application.js';
import { emitValue } from '../../src/build/plan/emit-value.js';
import { evaluated } from '../../src/build/plan/plan-text.js';
import { HeldValues } from '../../src/build/plan/value-names.js';
import { installReflectMetadata } from '../../src/build/reflect-metadata.js';
import { NotEmittable } from '../../src/contracts/emittable.js';
import { decoratedClasses } from '../../src/metadata/class-registry.js';
import type { ModuleReference } from '../../src/shared/module.js';
import { FRAMEWORK } from './framework.js';

// Stands in for application/planner.ts: plans, writes the plan as text, and runs what the text makes. So every test that
// creates an application holds what `lambent build` emits against what the process plans.

// As in a bundle, classes that only have the compiler's types are registered, too.
installReflectMetadata();

export { checkApplicationOptions } from '../../src/application/plan/check-application-options.js';
export { checkConfiguredOptions } from '../../src/application/plan/check-configured-options.js';
export { describeApplication } from '../../src/application/plan/describe-application.js';

/** Loads what an emitted plan imports. */
class Sources extends Map<string, Readonly<Record<string, unknown>>> {
  override get(module: string): Readonly<Record<string, unknown>> {
    return jest.requireActual(`../../src/${module}.js`);
  }
}

export async function planApplication(root: ModuleReference, config: ApplicationConfig): Promise<ApplicationPlan> {
  const planned = await planInProcess(root, config);
  const reason = reasonAgainst(config);
  if (reason !== undefined) return noted(planned, reason);
  const { describe, lazyPlanner, ...data } = planned;
  const given = { root, options: config.options, classes: decoratedClasses() };
  try {
    const emitted = emitValue(data, new HeldValues(given, FRAMEWORK), 'the plan');
    const made = evaluated(emitted, given, new Sources()) as ApplicationPlan;
    const ofPlanner = {
      ...(describe && { describe }),
      ...(lazyPlanner && { lazyPlanner: () => planLazily(root, config, made.modules) }),
    };
    return noted({ ...made, ...ofPlanner }, '');
  } catch (error) {
    if (error instanceof NotEmittable) return noted(planned, error.message);
    throw error;
  }
}

/**
 * How many classes are looked through for one application, on average: values are searched for in every decorated class
 * of the process, of which a matrix of applications has thousands.
 */
const CLASSES = 150;
let turn = 0;

function reasonAgainst({ overrides }: ApplicationConfig): string | undefined {
  if (turn++ % Math.ceil(decoratedClasses().length / CLASSES) > 0) return 'one of many alike';
  const isReplaced = overrides && overrides.providers.size + overrides.modules.size > 0;
  return isReplaced ? 'the test kit replaces something' : undefined;
}

function noted(plan: ApplicationPlan, reason: string): ApplicationPlan {
  appendFileSync(process.env['LAMBENT_EMITTED_LOG']!, `${reason.replaceAll('\n', ' ')}\n`);
  return plan;
}

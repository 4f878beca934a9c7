import 'reflect-metadata';
import { EventEmitter, once } from 'node:events';
import { appendFileSync } from 'node:fs';
import type { ApplicationPlan, LazyModulePlan, LazyPlanner } from '../../src/application/application-plan.js';
import type { ApplicationConfig } from '../../src/application/options/application-config.js';
import { planApplication as planInProcess } from '../../src/application/plan/plan-application.js';
import { type LoadedModule, planLazily } from '../../src/application/plan/plan-lazy-modules.js';
import { emitValue } from '../../src/build/plan/emit-value.js';
import { evaluated } from '../../src/build/plan/plan-text.js';
import { type Given, HeldValues } from '../../src/build/plan/value-names.js';
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
    const made = again(data, given) as ApplicationPlan;
    const ofPlanner = {
      ...(describe && { describe }),
      ...(lazyPlanner && { lazyPlanner: () => emittedLazily(root, config, made) }),
    };
    return noted({ ...made, ...ofPlanner }, '');
  } catch (error) {
    if (error instanceof NotEmittable) return noted(planned, error.message);
    throw error;
  }
}

/** Writes a plan as text, and runs the text. */
function again(plan: object, given: Given): unknown {
  return evaluated(emitValue(plan, new HeldValues(given, FRAMEWORK), 'the plan'), given, new Sources());
}

/** Plans lazy modules in the same way: one after the other, each on top of those that run. */
function emittedLazily(root: ModuleReference, config: ApplicationConfig, application: ApplicationPlan): LazyPlanner {
  const { modules } = application;
  const loaded: LoadedModule[] = [];
  let last: Promise<unknown> = Promise.resolve();
  return {
    prepare: (module, prefix) => async (isRunning) => {
      const reference = await module.load();
      const load = async () => reference;
      // A promised import that never settles holds up no other module.
      await (await planLazily(root, config, application)).prepare(module, prefix, load)(isRunning);
      const before = last;
      const planned = new EventEmitter();
      last = once(planned, 'end');
      await before;
      try {
        const planner = await planLazily(root, config, application, loaded);
        const plan = await planner.prepare(module, prefix, load)(isRunning);
        return () => {
          const running = [modules, ...loaded.flatMap(({ plan: { units } }) => units)].flatMap(({ order }) => order);
          const given = { root: reference, options: config.options, classes: decoratedClasses(), running };
          try {
            const made = emittedOr(plan(), given);
            loaded.push({ module, prefix, reference, plan: made });
            return made;
          } finally {
            planned.emit('end');
          }
        };
      } catch (error) {
        planned.emit('end');
        throw error;
      }
    },
  };
}

function emittedOr(plan: LazyModulePlan, given: Given): LazyModulePlan {
  try {
    return again(plan, given) as LazyModulePlan;
  } catch (error) {
    if (error instanceof NotEmittable) return plan;
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

import 'reflect-metadata';
import { appendFileSync } from 'node:fs';
import type { ApplicationPlan } from '../../src/application/application-plan.js';
import type { ApplicationConfig } from '../../src/application/options/config.js';
import { planApplication as planInProcess } from '../../src/application/plan/plan-application.js';
import { emitValue } from '../../src/build/plan/emit-value.js';
import { evaluated } from '../../src/build/plan/plan-text.js';
import { HeldValues, type Namespaces } from '../../src/build/plan/value-names.js';
import { installReflectMetadata } from '../../src/build/reflect-metadata.js';
import * as appTokens from '../../src/contracts/app-tokens.js';
import * as applicationDescription from '../../src/contracts/application-description.js';
import { NotEmittable } from '../../src/contracts/emit.js';
import * as loggers from '../../src/contracts/logger.js';
import * as reflectors from '../../src/decorators/reflector.js';
import * as json from '../../src/http/message/json.js';
import * as requests from '../../src/http/request/request.js';
import * as responses from '../../src/http/response/response.js';
import { decoratedClasses } from '../../src/metadata/class-registry.js';
import * as discovery from '../../src/modules/discovery-service.js';
import * as inquirers from '../../src/modules/inquirer.js';
import * as lists from '../../src/modules/list-of.js';
import * as moduleRefs from '../../src/modules/module-ref.js';
import * as settings from '../../src/settings/settings.js';
import type { ModuleReference } from '../../src/shared/module.js';

// Stands in for application/planner.ts: plans, writes the plan as text, and runs what the text makes. So every test that
// creates an application holds what `lambent build` emits against what the process plans.

// As in a bundle, classes that only have the compiler's types are registered, too.
installReflectMetadata();

export { checkApplicationOptions } from '../../src/application/plan/check-application-options.js';
export { checkConfiguredOptions } from '../../src/application/plan/check-configured-options.js';
export { describeApplication } from '../../src/application/plan/describe.js';

const FRAMEWORK: Namespaces = new Map(
  Object.entries({
    'contracts/app-tokens': appTokens,
    'contracts/application-description': applicationDescription,
    'contracts/logger': loggers,
    'decorators/reflector': reflectors,
    'http/message/json': json,
    'http/request/request': requests,
    'http/response/response': responses,
    'modules/discovery-service': discovery,
    'modules/inquirer': inquirers,
    'modules/list-of': lists,
    'modules/module-ref': moduleRefs,
    'settings/settings': settings,
  }),
);

/** Loads what an emitted plan imports. */
class Sources extends Map<string, Readonly<Record<string, unknown>>> {
  override get(module: string): Readonly<Record<string, unknown>> {
    return jest.requireActual(`../../src/${module}.js`);
  }
}

export async function planApplication(root: ModuleReference, config: ApplicationConfig): Promise<ApplicationPlan> {
  const planned = await planInProcess(root, config);
  const reason = reasonAgainst(planned, config);
  if (reason !== undefined) return noted(planned, reason);
  const { describe, ...data } = planned;
  const given = { root, options: config.options, classes: decoratedClasses() };
  try {
    const emitted = emitValue(data, new HeldValues(given, FRAMEWORK), 'the plan');
    const made = evaluated(emitted, given, new Sources()) as ApplicationPlan;
    return noted({ ...made, ...(describe && { describe }) }, '');
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

function reasonAgainst({ lazy }: ApplicationPlan, { overrides }: ApplicationConfig): string | undefined {
  if (turn++ % Math.ceil(decoratedClasses().length / CLASSES) > 0) return 'one of many alike';
  if (overrides && overrides.providers.size + overrides.modules.size > 0) return 'the test kit replaces something';
  return lazy && 'lazy modules';
}

function noted(plan: ApplicationPlan, reason: string): ApplicationPlan {
  appendFileSync(process.env['LAMBENT_EMITTED_LOG']!, `${reason.replaceAll('\n', ' ')}\n`);
  return plan;
}

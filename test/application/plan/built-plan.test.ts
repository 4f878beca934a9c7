import 'reflect-metadata';
import { resolveConfig } from '../../../src/application/options/application-config.js';
import type { ApplicationOptions } from '../../../src/application/options/application-options.js';
import { factsHash, type FactSubject, optionsHash } from '../../../src/application/plan/application-facts.js';
import { type BuiltPlan, builtPlanner, type LatePlanner } from '../../../src/application/plan/built-plan.js';
import { Module } from '../../../src/decorators/module.js';
import type { Constructor } from '../../../src/shared/types.js';

@Module({})
class First {}

@Module({})
class Second {}

const MADE = { modules: {}, enhancers: {}, routes: [], consumers: [] };

function planOf(root: Constructor, given: ApplicationOptions): BuiltPlan {
  const { options } = resolveConfig(given);
  const subject: FactSubject = { root, options, classes: [], maps: undefined };
  const made = { ...MADE, name: root.name };
  return { hash: factsHash(subject), optionsHash: optionsHash(subject), classes: 0, make: () => made as never };
}

/** Creates an application in a bundle that has these plans; returns what is planned, and how often options are checked. */
async function create(plans: readonly BuiltPlan[], root: Constructor, options: ApplicationOptions) {
  const checkOptions = jest.fn(() => Promise.resolve());
  const late = { planAnew: () => Promise.resolve({ ...MADE, name: 'anew' }) } as unknown as LatePlanner;
  const plan = builtPlanner({ plans, maps: undefined, planner: () => Promise.resolve(late), checkOptions });
  const { name } = (await plan(root, resolveConfig(options))) as unknown as { name: string };
  return [name, checkOptions.mock.calls.length] as const;
}

const plans = [planOf(First, { basePath: '/first' }), planOf(Second, { basePath: '/second' })];

test.each([
  ['the first application', First, '/first', 'First'],
  ['the second application', Second, '/second', 'Second'],
  ['an application that no plan is for', class {}, '/second', 'anew'],
])('the options of %s, which the build has checked, are not checked again', async (_what, root, basePath, planned) => {
  expect(await create(plans, root, { basePath })).toEqual([planned, 0]);
});

test('options that the build has not seen are checked, though the plan does not depend on them', async () => {
  expect(await create(plans, Second, { basePath: '/second', timeoutMargin: -1 })).toEqual(['Second', 1]);
});

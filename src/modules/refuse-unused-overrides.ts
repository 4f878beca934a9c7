import { BootstrapError } from '../errors/bootstrap-error.js';
import { describeToken, type Token } from '../shared/token.js';
import type { Overrides } from './define-providers.js';
import { suggestion } from './near-names.js';
import type { ModulePlan } from './plan-modules.js';
import { tokenKey } from './token-key.js';
import { namesake } from './unknown-dependency.js';

/**
 * Whoever has replaced something must not run with the real thing without knowing.
 *
 * @throws BootstrapError for an override that takes the place of nothing.
 */
export function refuseUnusedOverrides(overrides: Overrides, plan: ModulePlan): void {
  const controllers = new Set(plan.modules.flatMap((module) => module.controllers));
  const providers = plan.order.filter((each) => !controllers.has(each));
  const provided = new Set(providers.map(({ token }) => tokenKey(token)));
  const unused = [...overrides.keys()].filter((token) => !provided.has(tokenKey(token)));
  for (const token of unused) {
    if ([...controllers].some((controller) => controller.token === token)) throw new BootstrapError(controllerOverridden(token));
    // A module that is loaded later may provide it.
    if (plan.unresolved.length === 0) throw new BootstrapError(overriddenInVain(token, plan));
  }
}

function controllerOverridden(token: Token): string {
  return `overrideProvider(${describeToken(token)}): ${describeToken(token)} is a controller, and stays as it is. Override the providers that it depends on.`;
}

function overriddenInVain(token: Token, { root, modules, order }: ModulePlan): string {
  const name = describeToken(token);
  const advice = namesake(token, root, modules) ?? addedOrMeant(name, order);
  return `overrideProvider(${name}) takes the place of nothing: no module of the test provides it. ${advice}`;
}

function addedOrMeant(name: string, order: ModulePlan['order']): string {
  const near = suggestion(name, order.map((plan) => plan.name));
  return `Add it to the providers of the module under test, or leave the override out.${near}`;
}

import { BootstrapError } from '../errors/bootstrap-error.js';
import type { ModuleReference } from '../shared/module.js';
import { describeToken, type Token } from '../shared/token.js';
import type { Constructor } from '../shared/types.js';
import { enhancerInstances } from './controller-classes.js';
import { isDynamicModule } from './module-declaration.js';
import { suggestion } from '../shared/near-names.js';
import type { Overrides } from './overrides.js';
import type { ModulePlan } from './plan-modules.js';
import { tokenKey } from './token-key.js';
import { namesake } from './unknown-dependency.js';

/**
 * Whoever has replaced something must not run with the real thing without knowing.
 *
 * @throws BootstrapError for an override that takes the place of nothing.
 */
export function refuseUnusedOverrides({ providers, modules }: Overrides, plan: ModulePlan): void {
  if (providers.size + modules.size === 0) return;
  const controllers = new Set<Token>(plan.modules.flatMap((module) => module.controllers.map(({ token }) => token)));
  const inVain = [...providers.keys()].filter((token) => !plan.overridden.has(tokenKey(token)));
  const controller = inVain.find((token) => controllers.has(token));
  if (controller) throw new BootstrapError(controllerOverridden(describeToken(controller)));
  // What is still missing may come with a module that is loaded later.
  if (plan.unresolved.length > 0) return;
  for (const token of inVain) throw new BootstrapError(overriddenInVain(token, plan));
  for (const module of modules.keys()) refuseStranger(module, plan);
}

function controllerOverridden(name: string): string {
  return `The override of ${name} takes the place of nothing: ${name} is a controller, and stays as it is. Override the providers that it depends on.`;
}

function overriddenInVain(token: Token, plan: ModulePlan): string {
  const name = describeToken(token);
  const advice = namesake(token, plan.root, plan.modules) ?? namedAsInstance(token, plan) ?? addedOrMeant(name, plan.order);
  return `The override of ${name} takes the place of nothing: no module of the test provides or names it. ${advice}`;
}

/** A guard that was made by whoever named it is nobody's to replace. */
function namedAsInstance(token: Token, { modules }: ModulePlan): string | undefined {
  const types = modules.flatMap(({ handlers }) => handlers.map(({ type }) => type));
  const owner = types.find((type) => enhancerInstances(type).some((one) => one.constructor === token));
  return owner && `${owner.name} names an instance of it, which can't be replaced: name the class there.`;
}

function addedOrMeant(name: string, order: ModulePlan['order']): string {
  const near = suggestion(name, order.map((plan) => plan.name));
  return `Add it to the providers of the module under test, or leave the override out.${near}`;
}

function refuseStranger(module: ModuleReference, { references, modules }: ModulePlan): void {
  const type = typeOf(module);
  const imported = [...references.keys()].some((reference) => reference === module || typeOf(reference) === module);
  if (imported) return;
  const other = modules.some((node) => node.isCalled(type)) ? ` ${type.name} is imported as another dynamic module: name the class to replace all of them.` : '';
  throw new BootstrapError(
    `overrideModule(${type.name}) takes the place of nothing: no module of the test imports it.${other}${suggestion(type.name, modules.map(({ name }) => name))}`,
  );
}

function typeOf(module: ModuleReference): Constructor {
  return isDynamicModule(module) ? module.module : module;
}

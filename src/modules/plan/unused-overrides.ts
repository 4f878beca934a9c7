import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { ModuleReference } from '../../shared/module.js';
import { suggestion } from '../../shared/suggestion.js';
import { describeToken, type Token } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';
import type { Overrides } from '../overrides.js';
import { nameOf } from '../provider-plan.js';
import { tokenKey } from '../token-key.js';
import { enhancerInstances } from './check-enhancers.js';
import { isDynamicModule } from './module-declaration.js';
import type { ModuleGraph } from './module-graph.js';
import { namesake } from './unknown-dependency.js';

/** Refuses overrides that replace nothing, so that a test never runs with the real provider unnoticed. */
export function refuseUnusedOverrides({ providers, modules }: Overrides, graph: ModuleGraph): void {
  if (providers.size + modules.size === 0) return;
  const controllers = new Set<Token>(
    graph.modules.flatMap((module) => module.controllers.map(({ definition }) => definition.provide)),
  );
  const unused = [...providers.keys()].filter((token) => !graph.overridden.has(tokenKey(token)));
  const controller = unused.find((token) => controllers.has(token));
  if (controller) throw new BootstrapError(controllerOverridden(describeToken(controller)));
  // A module that is loaded later may have the rest.
  if (graph.modules.some(({ unresolved, lazyModules }) => unresolved.length + lazyModules.length > 0)) return;
  for (const token of unused) throw new BootstrapError(unusedOverride(token, graph));
  for (const module of modules.keys()) refuseUnusedModule(module, graph);
}

function controllerOverridden(name: string): string {
  return (
    `The override of ${name} replaces nothing: ${name} is a controller, which can't be overridden. ` +
    `Override the providers it depends on.`
  );
}

function unusedOverride(token: Token, graph: ModuleGraph): string {
  const name = describeToken(token);
  const advice =
    namesake(token, graph.root, graph.modules) ?? namedAsInstance(token, graph) ?? addedOrMeant(name, graph.order);
  return `The override of ${name} replaces nothing: no module of the test provides or names it. ${advice}`;
}

function namedAsInstance(token: Token, { modules }: ModuleGraph): string | undefined {
  const types = modules.flatMap(({ dispatchedClasses }) => dispatchedClasses.map(({ type }) => type));
  const owner = types.find((type) => enhancerInstances(type).some((one) => one.constructor === token));
  return owner && `${owner.name} names an instance of it, which can't be replaced: name the class instead.`;
}

function addedOrMeant(name: string, order: ModuleGraph['order']): string {
  const near = suggestion(name, order.map(nameOf));
  return `Add it to the providers of the module under test, or remove the override.${near}`;
}

function refuseUnusedModule(module: ModuleReference, { references, modules }: ModuleGraph): void {
  const type = moduleClassOf(module);
  const imported = [...references.keys()].some(
    (reference) => reference === module || moduleClassOf(reference) === module,
  );
  if (imported) return;
  const other = modules.some((node) => node.isCalled(type))
    ? ` ${type.name} is imported as another dynamic module: pass the class to replace all of them.`
    : '';
  const names = modules.map(({ name }) => name);
  throw new BootstrapError(
    `overrideModule(${type.name}) replaces nothing: no module of the test imports it.${other}` +
      suggestion(type.name, names),
  );
}

function moduleClassOf(module: ModuleReference): Constructor {
  return isDynamicModule(module) ? module.module : module;
}

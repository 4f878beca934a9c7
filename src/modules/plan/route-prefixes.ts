import { BootstrapError } from '../../errors/bootstrap-error.js';
import { aList, checkArguments, checkOptions, type OptionRule, type OptionRules } from '../../errors/check-options.js';
import { joinPath } from '../../router/paths.js';
import { type Constructor, isClass } from '../../shared/types.js';
import type { RouteTree } from '../router-module.js';
import type { ModuleNode } from './module-node.js';

const aPath: OptionRule = {
  expected: "a path without spaces, ? and #, as in 'admin'",
  accepts: (value) => typeof value === 'string' && !/[\s?#]/.test(value),
};

const aModuleClass: OptionRule = { expected: 'the class of a module', accepts: isClass };

const RULES: OptionRules<RouteTree> = { path: aPath, module: aModuleClass, children: aList };

/** A module with the path that `RouterModule.register` gives it. */
interface Placed {
  readonly type: Constructor;
  readonly path: string;
}

/**
 * Sets the prefixes that `RouterModule.register` gives modules.
 *
 * @param complete Whether every import is known; an unknown one may import what is missing.
 * @throws BootstrapError for a tree that is not valid, a module that is not imported, and one with two paths.
 */
export function setRoutePrefixes(modules: readonly ModuleNode[], complete: boolean): void {
  const placed = modules.flatMap(({ declaration: { routes } }) =>
    routes.flatMap((route, index) => placesIn(route, '', `RouterModule.register: routes[${index}]`)),
  );
  const paths = new Map<Constructor, string>();
  // A module that another lazy module has brought may have another path there.
  for (const node of modules) node.routePrefix = '';
  for (const { type, path } of placed) {
    const before = paths.get(type) ?? path;
    if (before !== path) throw new BootstrapError(twoPaths(type, before, path));
    paths.set(type, path);
    const nodes = modules.filter((node) => node.isCalled(type));
    if (nodes.length === 0 && complete) throw new BootstrapError(notImported(type, path));
    for (const node of nodes) node.routePrefix = path;
  }
}

function placesIn(entry: RouteTree | Constructor, parent: string, place: string): Placed[] {
  // A class without @Module() may be that of a dynamic module.
  if (isClass(entry)) return [{ type: entry, path: parent }];
  checkOptions(entry, RULES, place);
  const { path: own, module, children = [] } = entry;
  checkArguments({ path: own }, RULES, place);
  const path = joinPath(parent, own);
  const below = children.flatMap((child, index) => placesIn(child, path, `${place}.children[${index}]`));
  return [...(module ? [{ type: module, path }] : []), ...below];
}

function twoPaths({ name }: Constructor, first: string, second: string): string {
  return `RouterModule.register gives ${name} two paths, "${first}" and "${second}": its controllers can have one.`;
}

function notImported({ name }: Constructor, path: string): string {
  return (
    `RouterModule.register gives ${name} the path "${path}", but no module imports ${name}: add it to imports. For a ` +
    `module that is loaded lazily, write the path in lazy().`
  );
}

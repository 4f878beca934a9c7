import { BootstrapError } from '../../errors/bootstrap-error.js';
import { describeValue } from '../../errors/describe-value.js';
import { Scope } from '../../shared/provider.js';
import { describeToken } from '../../shared/token.js';
import { type Constructor, isClass } from '../../shared/types.js';
import { INQUIRER } from '../inquirer.js';
import type { ProviderPlan } from '../provider-plan.js';
import { checkClass } from './check-class.js';
import { type DependencyRequest, requestsOf, tokenIn } from './dependency-requests.js';
import { InquirerLinker } from './link-inquirers.js';
import { type PlannedDependency, type PlannedProvider, plannedProvider } from './planned-provider.js';
import { untypedParameter } from './untyped-parameter.js';

/**
 * Plans an instance of a class that no module provides.
 *
 * @param find Returns the provider that a token means.
 * @throws BootstrapError for a class that can't be created, and for a dependency that `find` does not know.
 */
export function planUnlisted(
  type: Constructor,
  moduleName: string,
  find: (token: unknown) => ProviderPlan | undefined,
): ProviderPlan {
  if (!isClass(type)) throw new BootstrapError(`ModuleRef.create takes a class, not ${describeValue(type)}.`);
  checkClass(type);
  const plan = plannedProvider({ provide: type, useClass: type }, moduleName, Scope.TRANSIENT);
  plan.dependencies = requestsOf(plan.definition).map((request) => dependencyOf(request, find, type, moduleName));
  new InquirerLinker().linkDependencies(plan, { name: moduleName, derived: [] });
  return { ...plan, perEvent: plan.dependencies.some(({ target }) => target?.perEvent) };
}

function dependencyOf(
  request: DependencyRequest,
  find: (token: unknown) => ProviderPlan | undefined,
  type: Constructor,
  moduleName: string,
): PlannedDependency {
  const { token } = tokenIn(request);
  const target = token === undefined ? undefined : find(token);
  // No class asks for the one that is created.
  if (!target && !request.optional && token !== INQUIRER) {
    const why = untypedParameter({ ...request, token }, type) ?? `nothing visible in ${moduleName} provides it.`;
    throw new BootstrapError(
      `ModuleRef.create: ${type.name} needs ${describeToken(token)} (${request.place()}), but ${why}`,
    );
  }
  const { property } = request;
  // Running plans are planned ones, although their type says less.
  return { target: target as PlannedProvider, deferred: false, ...(property !== undefined && { property }) };
}

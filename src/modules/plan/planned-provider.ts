import { takesEvents } from '../../metadata/class-metadata.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { Scope } from '../../shared/provider.js';
import { type Constructor, isClass } from '../../shared/types.js';
import type { Definition, Dependency, ProviderPlan } from '../provider-plan.js';

/** A dependency while it is planned. */
export interface PlannedDependency extends Dependency {
  readonly target: PlannedProvider | undefined;
  /** Whether it is declared through `forwardRef`, so that a circle may be broken here. */
  readonly forward?: boolean;
  /** Whether it is `INQUIRER`, whose target depends on who asks. */
  readonly inquirer?: boolean;
  deferred: boolean;
}

/** A provider while it is planned: its dependencies come first, then its scope. */
export interface PlannedProvider extends ProviderPlan {
  dependencies: readonly PlannedDependency[];
  /** The declared scope at first; a request-scoped dependency makes it request-scoped. */
  scope: Scope;
  perEvent: boolean;
}

/** @param declared The definition before an override. */
export function plannedProvider(
  definition: Definition,
  moduleName: string,
  scope: Scope = Scope.DEFAULT,
  declared: Definition = definition,
): PlannedProvider {
  const type = declaredType(declared);
  return {
    definition,
    moduleName,
    scope,
    perEvent: false,
    dependencies: [],
    ...(type && { type }),
    ...(disposeTakesEvents(definition) && { disposeTakesEvents: true }),
  };
}

/** Whether a method `dispose` is a route or a consumer. */
function disposeTakesEvents(definition: Definition): boolean {
  if (!('useClass' in definition) || !('dispose' in definition.useClass.prototype)) return false;
  return takesEvents(mergedMetadata(definition.useClass).methods.get('dispose'));
}

function declaredType(definition: Definition): Constructor | undefined {
  if ('useClass' in definition) return definition.useClass;
  const named: unknown = 'useExisting' in definition ? definition.useExisting : definition.provide;
  return isClass(named) ? named : undefined;
}

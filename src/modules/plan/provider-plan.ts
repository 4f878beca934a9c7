import type { ModuleReference } from '../../shared/module.js';
import { type CustomProvider, Scope } from '../../shared/provider.js';
import { describeToken, type Token } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';

/** A built-in provider that reads from the event. */
interface EventReading {
  provide: Token;
  read: (scope: never) => unknown;
}

export type Definition = CustomProvider | EventReading;

export interface Dependency {
  /** `undefined` for an optional dependency that nothing provides. */
  readonly target: ProviderPlan | undefined;
  /** Whether it is declared through `forwardRef`, which breaks a circle there. */
  readonly forward: boolean;
  /** Whether it breaks a circle: the dependant gets a stand-in first. */
  deferred: boolean;
  /** The property to set; without it, the dependency is the next argument. */
  readonly property?: string | symbol;
}

/** A provider of a module with its planned scope and dependencies. */
export class ProviderPlan {
  /** The class that declared the provider, even if overridden; factories under other tokens have none. */
  readonly type: Constructor | undefined;
  /** The key of the instance in tsyringe: unique, so that no other registration can replace it. */
  readonly key: symbol;
  readonly token: Token;
  dependencies: readonly Dependency[] = [];
  /** The declared scope at first; a request-scoped dependency makes it request-scoped. */
  scope: Scope;
  /** Whether creating it needs an event's scope: it is request-scoped, or a transient that depends on such a one. */
  perEvent = false;

  constructor(
    readonly definition: Definition,
    readonly moduleName: string,
    declaredScope: Scope = Scope.DEFAULT,
    declared: Definition = definition,
  ) {
    this.type = declaredType(declared);
    this.token = definition.provide;
    this.scope = declaredScope;
    this.key = Symbol(this.toString());
  }

  get name(): string {
    return describeToken(this.token);
  }

  toString(): string {
    return `${this.name} in ${this.moduleName}`;
  }
}

function declaredType(definition: Definition): Constructor | undefined {
  if ('useClass' in definition) return definition.useClass;
  const named: unknown = 'useExisting' in definition ? definition.useExisting : definition.provide;
  return typeof named === 'function' ? (named as Constructor) : undefined;
}

/** Returns what a provider depends on, for walking the graph. */
export function targetsOf({ dependencies }: ProviderPlan): ProviderPlan[] {
  return dependencies.flatMap(({ target }) => target ?? []);
}

/** Replacements for providers, enhancers and modules wherever an application uses them, for tests. */
export interface Overrides {
  readonly providers: ReadonlyMap<Token, CustomProvider>;
  readonly modules: ReadonlyMap<ModuleReference, ModuleReference>;
}

export const NO_OVERRIDES: Overrides = { providers: new Map(), modules: new Map() };

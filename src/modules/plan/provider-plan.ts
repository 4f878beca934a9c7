import { type CustomProvider, Scope } from '../../shared/provider.js';
import { describeToken, type Token } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';

/** A built-in that is read from the event. */
export interface EventReading {
  provide: Token;
  read: (scope: never) => unknown;
}

export type Definition = CustomProvider | EventReading;

export interface Dependency {
  /** `undefined` for an optional one that nobody provides. */
  readonly target: ProviderPlan | undefined;
  /** Asked for through `forwardRef`: the edge to cut where it closes a circle. */
  readonly forward: boolean;
  /** Cut: the instance is handed over by way of a stand-in. */
  deferred: boolean;
  /** The property to set; without it the dependency is the next argument. */
  readonly property?: string | symbol;
}

/** One provider of one module, and what has been planned for it. */
export class ProviderPlan {
  /** The class that it was declared by, whatever took its place; a factory under another token has none. */
  readonly type: Constructor | undefined;
  /** What tsyringe knows the instance by: private, so that no other registration is ever found in its place. */
  readonly key: symbol;
  readonly token: Token;
  dependencies: readonly Dependency[] = [];
  /** Starts as what was declared; request scope of a dependency bubbles up to it. */
  scope: Scope;
  /** Needs an event's scope to be made: request-scoped, or transient on top of something that is. */
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

/** What a provider depends on, for walks over the graph. */
export function targetsOf({ dependencies }: ProviderPlan): ProviderPlan[] {
  return dependencies.flatMap(({ target }) => target ?? []);
}

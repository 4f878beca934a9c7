import type { FactoryDependency } from '../shared/provider.js';

/** What a class or a factory asks for, before anybody has looked whether it is there. */
export interface DependencyRequest {
  /** A token or a forward reference; for what is injected by its type whatever the compiler emitted. */
  readonly token: unknown;
  readonly optional: boolean;
  /** Set on the instance once it is made; without it the dependency is the next argument. */
  readonly property?: string | symbol;
  /** Where it is asked for, as in `constructor parameter 0 (orders)`; for messages, so worked out on demand. */
  readonly place: () => string;
  /** The class or method lacks the types that the compiler should have emitted. */
  readonly untyped?: boolean;
}

/** What a factory's `inject` asks for. */
export function factoryRequests(inject: readonly FactoryDependency[] = []): DependencyRequest[] {
  return inject.map((entry, index) => {
    const place = () => `inject[${index}]`;
    if (typeof entry === 'object' && entry !== null && 'token' in entry) return { ...entry, place };
    return { token: entry, optional: false, place };
  });
}

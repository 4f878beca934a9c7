import { container, Lifecycle } from 'tsyringe';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { classMetadata } from '../metadata/class-metadata.js';
import { readMetadata } from '../metadata/reflection.js';
import type { Constructor } from '../shared/types.js';

// tsyringe's `@scoped`, `@registry` and `@injectable({ token })` leave nothing on a class: they register on the global
// container, which is never asked here. It is looked at once a start, for what somebody may rely on.

/** A registration as tsyringe 4 keeps it; there is no public way to one. */
interface Registration {
  readonly provider: { readonly useClass?: unknown };
  readonly options?: { readonly lifecycle?: Lifecycle };
}

type Entry = readonly [token: unknown, registrations: readonly Registration[]];

/** How long tsyringe would keep the instances of a class; there is a scope for neither here. */
const SCOPES: ReadonlyMap<Lifecycle | undefined, string> = new Map([
  [Lifecycle.ResolutionScoped, 'ResolutionScoped'],
  [Lifecycle.ContainerScoped, 'ContainerScoped'],
]);

/**
 * Refuses a class with `@scoped`: it would be one instance for all, and one user's state would reach the next.
 *
 * @throws BootstrapError
 */
export function refuseTsyringeScope(type: Constructor): void {
  const scope = scopeOf(type);
  if (scope === undefined || classMetadata(type).injectable?.scope !== undefined) return;
  throw new BootstrapError(
    `${type.name} is marked with tsyringe's @scoped(Lifecycle.${scope}), which has no counterpart here: write @Injectable({ scope: Scope.REQUEST }) ` +
      'for an instance an event, Scope.TRANSIENT for one wherever it is asked for, or @singleton() for one for all.',
  );
}

/**
 * Refuses `@inject` of tsyringe's on a parameter of a method, which it reads of constructors alone: the parameter
 * would be bound by its type, to the body, say.
 *
 * @throws BootstrapError
 */
export function refuseTsyringeParameters({ name, prototype }: Constructor): void {
  if (readMetadata('injectionTokens', Object(prototype) as object) === undefined) return;
  throw new BootstrapError(
    `${name} has tsyringe's @inject on a parameter of a method, which does nothing there: write @Inject() of 'lambent'.`,
  );
}

/**
 * Whether tsyringe's global container has a token, by `@registry`, `@injectable({ token })` or `container.register`.
 */
export function isRegisteredGlobally(token: unknown): boolean {
  return registered().some(([known]) => known === token);
}

/** Under the class itself, or under the token that `@scoped` was given. */
function scopeOf(type: Constructor): string | undefined {
  for (const [, registrations] of registered()) {
    const own = registrations.find(
      ({ provider, options }) => provider.useClass === type && SCOPES.has(options?.lifecycle),
    );
    if (own) return SCOPES.get(own.options?.lifecycle);
  }
  return undefined;
}

/** Read from the outside: to be asked for a token the registry would make room for it. */
function registered(): readonly Entry[] {
  const { _registry: registry } = container as unknown as { readonly _registry?: { entries(): Iterable<Entry> } };
  return registry ? [...registry.entries()] : [];
}

import { container, Lifecycle } from 'tsyringe';
import { BootstrapError, notThere } from '../../errors/bootstrap-error.js';
import { classMetadata, type InjectionMetadata } from '../../metadata/class-metadata.js';
import { readMetadata, readOwnMetadata } from '../../metadata/reflection.js';
import { forwardRef, type Token } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';

/** What `delay()` makes; tsyringe does not export the class. */
interface DelayedConstructor {
  readonly wrap: () => Token;
}

/** The parts of tsyringe's parameter descriptors, none of which are on a plain token. */
interface Descriptor {
  readonly token: unknown;
  readonly multiple?: boolean;
  readonly isOptional?: boolean;
  readonly transform?: unknown;
}

/** Whether one of tsyringe's parameter decorators stands in the constructor. */
export function hasTsyringeInjections(type: Constructor): boolean {
  return descriptorsOf(type) !== undefined;
}

/**
 * What tsyringe's `@inject` says of a constructor parameter.
 *
 * @throws BootstrapError for `@injectAll` and the transforming decorators, which have no counterpart here.
 */
export function tsyringeInjection(type: Constructor, index: number): InjectionMetadata | undefined {
  const descriptors = descriptorsOf(type);
  if (!descriptors || !(index in descriptors)) return undefined;
  const descriptor = descriptors[index];
  // Injected by its type it would be another object than was asked for.
  if ((isDescriptor(descriptor) ? descriptor.token : descriptor) === undefined) {
    throw notThere(`${type.name}: @inject(undefined) on constructor parameter ${index + 1}: the token`, undefined);
  }
  if (!isDescriptor(descriptor)) return { token: withoutDelay(descriptor) };
  if (descriptor.multiple || descriptor.transform !== undefined) {
    const decorator = descriptor.multiple ? '@injectAll' : '@injectWithTransform';
    throw new BootstrapError(
      `${type.name} uses tsyringe's ${decorator} on constructor parameter ${index + 1}, which is not supported in modules: ` +
        `provide the finished value with useFactory and inject it with @inject(token).`,
    );
  }
  return { token: withoutDelay(descriptor.token), optional: descriptor.isOptional === true };
}

function descriptorsOf(type: Constructor): Readonly<Record<number, unknown>> | undefined {
  return readOwnMetadata('injectionTokens', type);
}

function isDescriptor(value: unknown): value is Descriptor {
  return typeof value === 'object' && value !== null && 'token' in value;
}

/** What `delay()` makes is a forward reference here, wherever a token is asked for. */
export function withoutDelay(token: unknown): InjectionMetadata['token'] {
  const { wrap } = (Object(token) === token ? token : {}) as Partial<DelayedConstructor>;
  return typeof token === 'object' && typeof wrap === 'function' ? forwardRef(wrap) : (token as Token);
}

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

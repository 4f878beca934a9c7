// Before tsyringe, which refuses to load without reflect-metadata.
import '../../metadata/reflection.js';
import { container, Lifecycle } from 'tsyringe';
import { BootstrapError, notThere } from '../../errors/bootstrap-error.js';
import type { InjectionMetadata } from '../../metadata/class-metadata.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { readMetadata, readOwnMetadata } from '../../metadata/reflection.js';
import { forwardRef, type Token } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';

/** The result of `delay()`; tsyringe does not export the class. */
interface DelayedConstructor {
  readonly wrap: () => Token;
}

/** The members of tsyringe's parameter descriptors, which a plain token has none of. */
interface Descriptor {
  readonly token: unknown;
  readonly multiple?: boolean;
  readonly isOptional?: boolean;
  readonly transform?: unknown;
}

/** Whether the constructor has one of tsyringe's parameter decorators. */
export function hasTsyringeInjections(type: Constructor): boolean {
  return descriptorsOf(type) !== undefined;
}

/**
 * Reads tsyringe's `@inject` on a constructor parameter.
 *
 * @throws BootstrapError for `@injectAll` and the transforming decorators, which have no counterpart here.
 */
export function tsyringeInjection(type: Constructor, index: number): InjectionMetadata | undefined {
  const descriptors = descriptorsOf(type);
  if (!descriptors || !(index in descriptors)) return undefined;
  const descriptor = descriptors[index];
  // Injecting by type would silently give another object.
  if ((isDescriptor(descriptor) ? descriptor.token : descriptor) === undefined) {
    throw notThere(`${type.name}: @inject(undefined) on constructor parameter ${index + 1}: the token`, undefined);
  }
  if (!isDescriptor(descriptor)) return { token: withoutDelay(descriptor) };
  if (descriptor.multiple || descriptor.transform !== undefined) {
    const decorator = descriptor.multiple ? '@injectAll' : '@injectWithTransform';
    throw new BootstrapError(
      `${type.name} uses tsyringe's ${decorator} on constructor parameter ${index + 1}, which is not supported in ` +
        `modules: provide the finished value with useFactory and inject it with @inject(token).`,
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

/** Turns the result of `delay()` into a forward reference. */
export function withoutDelay(token: unknown): InjectionMetadata['token'] {
  const { wrap } = (Object(token) === token ? token : {}) as Partial<DelayedConstructor>;
  return typeof token === 'object' && typeof wrap === 'function' ? forwardRef(wrap) : (token as Token);
}

// tsyringe's `@scoped`, `@registry` and `@injectable({ token })` leave no metadata on a class: they register on the
// global container, which Lambent does not resolve from. It is only searched for registrations that users may rely on.

/** A registration as tsyringe 4 keeps it; there is no public way to one. */
interface Registration {
  readonly provider: { readonly useClass?: unknown };
  readonly options?: { readonly lifecycle?: Lifecycle };
}

type Entry = readonly [token: unknown, registrations: readonly Registration[]];

/** The lifecycles of tsyringe that have no counterpart here. */
const SCOPES: ReadonlyMap<Lifecycle | undefined, string> = new Map([
  [Lifecycle.ResolutionScoped, 'ResolutionScoped'],
  [Lifecycle.ContainerScoped, 'ContainerScoped'],
]);

/**
 * Refuses a class with `@scoped`: it would be a singleton here, and leak one user's state to the next.
 *
 * @throws BootstrapError
 */
export function refuseTsyringeScope(type: Constructor): void {
  const scope = scopeOf(type);
  if (scope === undefined || mergedMetadata(type).injectable?.scope !== undefined) return;
  throw new BootstrapError(
    `${type.name} has tsyringe's @scoped(Lifecycle.${scope}), which has no counterpart here: write ` +
      '@Injectable({ scope: Scope.REQUEST }) for one instance per event, Scope.TRANSIENT for one per dependant, or ' +
      '@singleton() for a single one.',
  );
}

/**
 * Refuses tsyringe's `@inject` on a method parameter, which tsyringe reads only on constructors. The parameter would be
 * bound by its type, for example to the body.
 *
 * @throws BootstrapError
 */
export function refuseTsyringeParameters({ name, prototype }: Constructor): void {
  if (readMetadata('injectionTokens', Object(prototype) as object) === undefined) return;
  throw new BootstrapError(
    `${name} has tsyringe's @inject on a method parameter, where it has no effect: write @Inject() of 'lambent'.`,
  );
}

/** Whether tsyringe's global container has a token, by `@registry`, `@injectable({ token })` or `register`. */
export function isRegisteredGlobally(token: unknown): boolean {
  return registered().some(([known]) => known === token);
}

/** Finds the lifecycle a class is registered with, under itself or the token that `@scoped` was given. */
function scopeOf(type: Constructor): string | undefined {
  for (const [, registrations] of registered()) {
    const own = registrations.find(
      ({ provider, options }) => provider.useClass === type && SCOPES.has(options?.lifecycle),
    );
    if (own) return SCOPES.get(own.options?.lifecycle);
  }
  return undefined;
}

/** Reads the registry without asking it for a token, which would add an entry. */
function registered(): readonly Entry[] {
  const { _registry: registry } = container as unknown as { readonly _registry?: { entries(): Iterable<Entry> } };
  return registry ? [...registry.entries()] : [];
}

import { BootstrapError } from '../errors/bootstrap-error.js';
import { notThere } from '../errors/not-there.js';
import type { InjectionMetadata } from '../metadata/parameter-metadata.js';
import { readOwnMetadata } from '../metadata/reflection.js';
import { type Token, forwardRef } from '../shared/token.js';
import type { Constructor } from '../shared/types.js';

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

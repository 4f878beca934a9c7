import { ownClassMetadata, ownMethodMetadata } from '../metadata/class-metadata.js';
import type { InjectionMetadata } from '../metadata/parameter-metadata.js';
import type { Scope } from '../shared/scope.js';
import type { ForwardReference, Token } from '../shared/token.js';

/** Marks a class as a provider, so that the compiler emits the types of its constructor's parameters. */
export function Injectable(options: { scope?: Scope } = {}): ClassDecorator {
  return (target) => {
    ownClassMetadata(target).injectable = options;
  };
}

/**
 * Injects by a token instead of by the declared type: in a constructor, on a property, or into a controller's method.
 *
 * Without a token it injects by the declared type, which a method's parameter must say and a property may.
 */
export function Inject(token?: Token | ForwardReference<Token>): PropertyDecorator & ParameterDecorator {
  return injection({ token });
}

/** Leaves the default where there is no provider: of the parameter, of the property, or `undefined`. */
export function Optional(): PropertyDecorator & ParameterDecorator {
  return injection({ optional: true });
}

function injection(words: InjectionMetadata): PropertyDecorator & ParameterDecorator {
  return (target: object, key: string | symbol | undefined, index?: number) => {
    if (key === undefined) merge(ownClassMetadata(target).injections, index as number, words);
    else if (index === undefined) merge(ownClassMetadata(target.constructor).properties, key, words);
    else merge(ownMethodMetadata(target, key).parameters, index, { kind: 'inject', pipes: [], ...words });
  };
}

/** `@Optional() @Inject(TOKEN)` are two words on one place. */
function merge<K, V extends object>(places: Map<K, V>, key: K, words: V): void {
  places.set(key, { ...places.get(key), ...words });
}

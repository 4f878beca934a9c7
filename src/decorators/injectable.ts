import { NOT_THERE_BECAUSE } from '../errors/bootstrap-error.js';
import { aScope, mistakeInOptions } from '../errors/check-options.js';
import {
  type ClassMetadata,
  type InjectionMetadata,
  type MethodMetadata,
  ownClassMetadata,
  ownMethodMetadata,
} from '../metadata/class-metadata.js';
import { noteMistake, noteUncalled } from '../metadata/mistakes.js';
import type { Scope } from '../shared/provider.js';
import type { ForwardReference, Token } from '../shared/token.js';

/** Marks a class as a provider, so that the compiler emits the types of its constructor parameters. */
export function Injectable(options: { scope?: Scope } = {}): ClassDecorator {
  return (target) => {
    const metadata = ownClassMetadata(target);
    const before = metadata.injectable;
    // Of two decorators, the one with a scope counts.
    metadata.injectable = before && options?.scope === undefined ? before : options;
    noteMistake(metadata, mistakeInOptions(options, { scope: aScope }, '@Injectable'));
    if (before?.scope !== undefined && metadata.injectable.scope !== before.scope)
      noteMistake(metadata, 'two @Injectable() decorators have different scopes.');
  };
}

/**
 * Injects by token instead of by the declared type: into a constructor, a property, or a controller method.
 *
 * Without a token, it injects by the declared type, for method parameters and properties.
 */
export function Inject(token?: Token | ForwardReference<Token>): PropertyDecorator & ParameterDecorator {
  noteUncalled(arguments, '@Inject');
  const isMissing = arguments.length > 0 && (token === undefined || token === null);
  return injection({ token }, isMissing ? `@Inject(${String(token)})` : undefined);
}

/** Keeps the default of the parameter or property, or `undefined`, when there is no provider. */
export function Optional(...given: []): PropertyDecorator & ParameterDecorator {
  noteUncalled(given, '@Optional');
  return injection({ optional: true });
}

function injection(declared: InjectionMetadata, missing?: string): PropertyDecorator & ParameterDecorator {
  return (target: object, key: string | symbol | undefined, place?: number | PropertyDescriptor) => {
    if (key === undefined) {
      merge(ownClassMetadata(target).injections, place as number, declared);
      noteMissing(ownClassMetadata(target), missing, `constructor parameter ${(place as number) + 1}`);
    } else if (typeof place === 'number') {
      const { parameters } = ownMethodMetadata(target, key);
      if ((parameters.get(place)?.kind ?? 'inject') !== 'inject')
        noteMistake(
          ownMethodMetadata(target, key),
          `parameter ${place + 1} has two decorators, but can have only one value.`,
        );
      merge(ownMethodMetadata(target, key).parameters, place, { kind: 'inject', pipes: [], ...declared });
      noteMissing(ownMethodMetadata(target, key), missing, `parameter ${place + 1}`);
    } else if (typeof target === 'function') {
      noteMistake(
        ownClassMetadata(target),
        `@Inject() or @Optional() is on the static ${String(key)}: only instances get dependencies.`,
      );
    } else if (typeof place?.value === 'function') {
      noteMistake(
        ownMethodMetadata(target, key),
        '@Inject() or @Optional() is on the method itself: put it on a parameter or a property.',
      );
    } else {
      // An accessor has a descriptor, a property has none.
      merge(ownClassMetadata(target.constructor).properties, key, declared);
      noteMissing(ownClassMetadata(target.constructor), missing, `property ${String(key)}`);
    }
  };
}

/** Refuses a missing token: injecting by type instead would silently give another object. */
function noteMissing(metadata: ClassMetadata | MethodMetadata, missing: string | undefined, place: string): void {
  if (missing === undefined) return;
  noteMistake(
    metadata,
    `${missing} on ${place}: the token is missing. ${NOT_THERE_BECAUSE} ` +
      `For a class you can write @Inject(forwardRef(() => TheClass)).`,
  );
}

/** Merges the metadata of several decorators at one place, such as `@Optional() @Inject(TOKEN)`. */
function merge<K, V extends object>(places: Map<K, V>, key: K, declared: V): void {
  places.set(key, { ...places.get(key), ...declared });
}

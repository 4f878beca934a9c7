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

/** Marks a class as a provider, so that the compiler emits the types of its constructor's parameters. */
export function Injectable(options: { scope?: Scope } = {}): ClassDecorator {
  return (target) => {
    const metadata = ownClassMetadata(target);
    const said = metadata.injectable;
    // Where another one says a scope, it goes for both.
    metadata.injectable = said && options?.scope === undefined ? said : options;
    noteMistake(metadata, mistakeInOptions(options, { scope: aScope }, '@Injectable'));
    if (said?.scope !== undefined && metadata.injectable.scope !== said.scope)
      noteMistake(metadata, 'two @Injectable() say two scopes.');
  };
}

/**
 * Injects by a token instead of by the declared type: in a constructor, on a property, or into a controller's method.
 *
 * Without a token it injects by the declared type, which a method's parameter must say and a property may.
 */
export function Inject(token?: Token | ForwardReference<Token>): PropertyDecorator & ParameterDecorator {
  noteUncalled(arguments, '@Inject');
  const isMissing = arguments.length > 0 && (token === undefined || token === null);
  return injection({ token }, isMissing ? `@Inject(${String(token)})` : undefined);
}

/** Leaves the default where there is no provider: of the parameter, of the property, or `undefined`. */
export function Optional(...given: []): PropertyDecorator & ParameterDecorator {
  noteUncalled(given, '@Optional');
  return injection({ optional: true });
}

function injection(words: InjectionMetadata, missing?: string): PropertyDecorator & ParameterDecorator {
  return (target: object, key: string | symbol | undefined, place?: number | PropertyDescriptor) => {
    if (key === undefined) {
      merge(ownClassMetadata(target).injections, place as number, words);
      noteMissing(ownClassMetadata(target), missing, `constructor parameter ${(place as number) + 1}`);
    } else if (typeof place === 'number') {
      const { parameters } = ownMethodMetadata(target, key);
      if ((parameters.get(place)?.kind ?? 'inject') !== 'inject')
        noteMistake(ownMethodMetadata(target, key), `parameter ${place + 1} has two decorators: it has one value.`);
      merge(ownMethodMetadata(target, key).parameters, place, { kind: 'inject', pipes: [], ...words });
      noteMissing(ownMethodMetadata(target, key), missing, `parameter ${place + 1}`);
    } else if (typeof target === 'function') {
      noteMistake(
        ownClassMetadata(target),
        `@Inject() or @Optional() on the static ${String(key)}: an instance is what is made, and given its dependencies.`,
      );
    } else if (typeof place?.value === 'function') {
      noteMistake(
        ownMethodMetadata(target, key),
        '@Inject() or @Optional() stands on the method itself: it goes on a parameter or on a property.',
      );
    } else {
      // An accessor has a descriptor, a property has none.
      merge(ownClassMetadata(target.constructor).properties, key, words);
      noteMissing(ownClassMetadata(target.constructor), missing, `property ${String(key)}`);
    }
  };
}

/** What is injected by its type where a token was meant is another object than was asked for. */
function noteMissing(metadata: ClassMetadata | MethodMetadata, missing: string | undefined, place: string): void {
  if (missing === undefined) return;
  noteMistake(
    metadata,
    `${missing} on ${place}: the token is not there. ${NOT_THERE_BECAUSE} A class may be named as @Inject(forwardRef(() => TheClass)).`,
  );
}

/** `@Optional() @Inject(TOKEN)` are two words on one place. */
function merge<K, V extends object>(places: Map<K, V>, key: K, words: V): void {
  places.set(key, { ...places.get(key), ...words });
}

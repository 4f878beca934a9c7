import { BootstrapError } from '../errors/bootstrap-error.js';
import { type InjectionMetadata, ownClassMetadata } from '../metadata/class-metadata.js';
import type { InjectionToken } from '../shared/token.js';

/** Injects into a constructor parameter or a property. */
export type InjectingDecorator = PropertyDecorator & ParameterDecorator;

/**
 * Returns a service's own `@Inject`, which refuses the parameters of methods.
 *
 * @param token What it injects. Its description names the decorator in messages, as in `@InjectQueue("orders")`.
 */
export function injectingDecorator(token: InjectionToken): InjectingDecorator {
  return (target: object, key: string | symbol | undefined, place?: number | PropertyDescriptor) => {
    if (key === undefined) addToken(ownClassMetadata(target).injections, place as number, token);
    else if (typeof target === 'object' && typeof place !== 'number' && typeof place?.value !== 'function')
      addToken(ownClassMetadata(target.constructor).properties, key, token);
    else {
      throw new BootstrapError(
        `${token.description} on ${typeof place === 'number' ? 'a parameter of ' : ''}${ownerName(target)}.` +
          `${String(key)}: use it on a constructor parameter or an instance property, because what it injects is ` +
          'the same for all events.',
      );
    }
  };
}

function addToken<K>(places: Map<K, InjectionMetadata>, place: K, token: InjectionToken): void {
  places.set(place, { ...places.get(place), token });
}

function ownerName(target: object): string {
  return typeof target === 'function' ? target.name : target.constructor.name;
}

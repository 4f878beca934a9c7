import { BootstrapError } from '../../errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../../errors/check-options.js';
import { type InjectionMetadata, ownClassMetadata } from '../../metadata/class-record.js';
import { ProvidedToken } from '../../shared/provider.js';
import type { ProtectedConstructor } from '../../shared/types.js';
import type { ValueOptions, ValueStore } from './value-store.js';

/** Injects a value into a constructor or a property. */
type ValueDecorator = (name: string, options?: ValueOptions) => PropertyDecorator & ParameterDecorator;

/** What {@link valueDecorator} needs. The names are for messages. */
interface ValueDecoratorParts {
  readonly decorator: string;
  readonly module: string;
  readonly store: ProtectedConstructor<ValueStore>;
}

/** Returns a decorator for the values of a store. Each use declares its value, so no module has to list the names. */
export function valueDecorator(parts: ValueDecoratorParts): ValueDecorator {
  const tokens = new Map<string, ProvidedToken>();
  return (name, options = {}) => {
    const label = `@${parts.decorator}(${JSON.stringify(name)})`;
    checkUse(label, name, options);
    const key = JSON.stringify([name, options.transform]);
    const token = tokens.get(key) ?? valueToken(label, { name, options, ...parts });
    tokens.set(key, token);
    return injecting(label, token);
  };
}

function valueToken(
  label: string,
  { name, options, module, store }: ValueDecoratorParts & { name: string; options: ValueOptions },
): ProvidedToken {
  return new ProvidedToken(label, {
    inject: [{ token: store, optional: true }],
    useFactory: (opened: ValueStore | undefined) => {
      if (opened) return opened.get<unknown>(name, options);
      throw new BootstrapError(`${label} needs ${module}: import ${module}.forRoot(…) in the root module.`);
    },
  });
}

function injecting(label: string, token: ProvidedToken): PropertyDecorator & ParameterDecorator {
  return (target: object, key: string | symbol | undefined, place?: number | PropertyDescriptor) => {
    if (key === undefined) addToken(ownClassMetadata(target).injections, place as number, token);
    else if (typeof target === 'object' && typeof place !== 'number' && typeof place?.value !== 'function')
      addToken(ownClassMetadata(target.constructor).properties, key, token);
    else {
      throw new BootstrapError(
        `${label} on ${typeof place === 'number' ? 'a parameter of ' : ''}${ownerName(target)}.${String(key)}: ` +
          'use it on a constructor parameter or an instance property, because its value is fetched once, at bootstrap.',
      );
    }
  };
}

function ownerName(target: object): string {
  return typeof target === 'function' ? target.name : target.constructor.name;
}

function addToken<K>(places: Map<K, InjectionMetadata>, place: K, token: ProvidedToken): void {
  places.set(place, { ...places.get(place), token });
}

function checkUse(label: string, name: unknown, options: ValueOptions): void {
  refuseUnknownOptions(options, ['transform'], label);
  const { transform } = options;
  if (typeof name !== 'string' || name === '') throw new BootstrapError(`${label} needs a name`);
  if (transform === undefined || transform === 'json' || transform === 'binary') return;
  throw new BootstrapError(`${label}: transform is ${String(transform)}; it takes 'json' or 'binary'`);
}

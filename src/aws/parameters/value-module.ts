import { BootstrapError } from '../../errors/bootstrap-error.js';
import { anObject, anything, checkOptions, refuseUnknownOptions, type Rules } from '../../errors/check-options.js';
import { type InjectionMetadata, ownClassMetadata } from '../../metadata/class-metadata.js';
import { ProvidedToken } from '../../shared/provider.js';
import type { ProtectedConstructor } from '../../shared/types.js';
import type { AwsClient, AwsModuleConfig } from '../aws-module.js';
import type { ValueOptions, ValueStore } from './value-store.js';

/** Injects a value that AWS keeps: into a constructor, or on a property. */
type ValueDecorator = (name: string, options?: ValueOptions) => PropertyDecorator & ParameterDecorator;

/** What a decorator for values is made from; the names are for messages. */
interface ValueDecoratorParts {
  readonly decorator: string;
  readonly module: string;
  readonly store: ProtectedConstructor<ValueStore>;
}

/** Makes a decorator for the values of one store. Each use is its own declaration: no module lists the names. */
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
      if (!opened)
        throw new BootstrapError(
          `${label} needs ${module}: add ${module}.forRoot(…) to the imports of the root module.`,
        );
      return opened.get<unknown>(name, options);
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
        `${label} on ${typeof place === 'number' ? 'a parameter of ' : ''}${ownerName(target)}.${String(key)}: it goes into a constructor or on a property of instances, ` +
          'for its value is fetched once, at bootstrap.',
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
  if (typeof name !== 'string' || name === '') throw new BootstrapError(`${label}: it takes a name`);
  if (transform === undefined || transform === 'json' || transform === 'binary') return;
  throw new BootstrapError(`${label}: transform is ${String(transform)}; it takes 'json' or 'binary'`);
}

/** What the modules for values have in common. */
export interface ValueModuleOptions {
  /** A client of yours, which stays yours to destroy; one is made with the defaults of `awsClientConfig` otherwise. */
  readonly client?: AwsClient;
  /** Options for the client that is made, such as `region`. */
  readonly config?: AwsModuleConfig;
  /** Seconds for which a store gives a value again without asking; 5 unless given. What is injected never changes. */
  readonly maxAge?: number;
}

const RULES: Rules<ValueModuleOptions> = { client: anObject, config: anObject, maxAge: anything };

/** @throws BootstrapError for an unknown option or a bad value. */
export function checkValueOptions<O extends ValueModuleOptions>(
  options: O,
  more: Omit<Rules<O>, keyof ValueModuleOptions>,
  module: string,
): void {
  checkOptions<object>(options, { ...RULES, ...more }, `the options of ${module}`);
  const { maxAge = 0 } = options;
  if (!(typeof maxAge === 'number' && maxAge >= 0))
    throw new BootstrapError(`${module}: maxAge is ${maxAge}; it takes seconds from 0`);
}

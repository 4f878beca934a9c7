import { BootstrapError } from '../errors/bootstrap-error.js';
import { findOwnMetadata, ownClassMetadata } from '../metadata/class-metadata.js';
import { parentOf } from '../shared/class-methods.js';
import type { Constructor } from '../shared/types.js';
import type { DurationUnit } from './duration.js';
import type { RemoteValue } from './remote-values.js';

/** Metadata of a property of a configuration class. */
export interface ConfigPropertyMetadata {
  /** The environment variable; an empty text for the name that follows from the property's. */
  readonly variable?: string;
  /** The parameter or the secret that holds the value. */
  readonly remote?: RemoteValue;
  /** Whether the value is never shown. */
  readonly hidden?: boolean;
  /** The format of the text, if the property's type does not say it. */
  readonly format?: ConfigFormat;
}

/** Metadata of a configuration class. */
export interface ConfigMetadata {
  readonly properties: ReadonlyMap<string, ConfigPropertyMetadata>;
  /** The Standard Schema that checks the values, instead of class-validator's rules. */
  readonly schema?: unknown;
}

/** Returns a decorator that adds metadata to a property. @param label Names the decorator in messages. */
export function configDecorator(label: string, description: ConfigPropertyMetadata): PropertyDecorator {
  return (target: object, key: string | symbol | undefined, place?: number | PropertyDescriptor) => {
    if (typeof target !== 'object' || typeof key !== 'string' || place !== undefined)
      throw new BootstrapError(`${label} has no effect here: use it on an instance property of a configuration class.`);
    const { properties, ...others } = ownMetadata(target.constructor);
    const origin = properties.get(key);
    if (origin?.remote && description.remote) {
      throw new BootstrapError(
        `${target.constructor.name}.${key} has more than one @FromParameter or @FromSecret: a value ` +
          'comes from one place only.',
      );
    }
    const described = new Map([...properties, [key, merged(origin, description)]]);
    setMetadata(target.constructor, { ...others, properties: described });
  };
}

/** A value is hidden if one of the places that it may come from holds secrets. */
function merged(known: ConfigPropertyMetadata | undefined, added: ConfigPropertyMetadata): ConfigPropertyMetadata {
  return { ...known, ...added, hidden: (known?.hidden ?? false) || (added.hidden ?? false) };
}

/** Lets a Standard Schema check the values of a class. */
export function setConfigSchema(type: Function, schema: unknown): void {
  setMetadata(type, { ...ownMetadata(type), schema });
}

/** Returns the metadata of a configuration class, with that of its ancestors. */
export function configMetadata(type: Constructor): ConfigMetadata {
  const parent = parentOf(type);
  const inherited = parent && configMetadata(parent);
  const own = ownMetadata(type);
  const properties = new Map(inherited?.properties);
  for (const [name, description] of own.properties) properties.set(name, merged(properties.get(name), description));
  return { ...inherited, ...own, properties };
}

function ownMetadata(type: Function): ConfigMetadata {
  return (findOwnMetadata(type)?.configClass as ConfigMetadata | undefined) ?? { properties: new Map() };
}

function setMetadata(type: Function, metadata: ConfigMetadata): void {
  ownClassMetadata(type).configClass = metadata;
}

/** The format of a value's text. */
export type ConfigFormat =
  /** As one value of a type such as `Number`; without a type, as it is. */
  | { readonly kind: 'one'; readonly type: unknown }
  /** As values that commas separate. */
  | { readonly kind: 'list'; readonly type: unknown }
  | { readonly kind: 'duration'; readonly unit: DurationUnit }
  | { readonly kind: 'json' };

export const JSON_FORMAT: ConfigFormat = { kind: 'json' };

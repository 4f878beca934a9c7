// oxlint-disable no-extend-native -- for one call, then restored
import { Exclude, Expose, Transform, type TransformFnParams, Type, type TypeHelpOptions } from 'class-transformer';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { Constructor } from '../../shared/types.js';

export interface TypeMetadata {
  typeFunction?: (options: TypeHelpOptions) => unknown;
  /** The property's type, as the compiler emitted it. */
  reflectedType?: unknown;
  options?: { discriminator?: { subTypes?: readonly { name: string; value: Constructor }[]; property?: string } };
}

/** Whether instances are built from input, or serialized as output. */
export type Direction = 'input' | 'output';

/** The direction and the groups to which a decorator applies. */
export interface DirectionOptions {
  toPlainOnly?: boolean;
  toClassOnly?: boolean;
  groups?: string[];
}

export interface TransformMetadata {
  transformFn: (params: TransformFnParams) => unknown;
  options?: DirectionOptions;
}

export interface ExposeMetadata {
  propertyName: string | undefined;
  options?: DirectionOptions & { name?: string };
}

export interface ExcludeMetadata {
  propertyName: string | undefined;
  options?: DirectionOptions;
}

/** Metadata by class, then by property; `undefined` stands for the class itself. */
export type ByProperty<T> = ReadonlyMap<object, ReadonlyMap<string | undefined, T>>;

/** The records of class-transformer's decorators for every class, now and later. */
export interface TransformerMaps {
  readonly types: ByProperty<TypeMetadata>;
  readonly transforms: ByProperty<readonly TransformMetadata[]>;
  readonly exposed: ByProperty<ExposeMetadata>;
  readonly excluded: ByProperty<ExcludeMetadata>;
}

let maps: TransformerMaps | undefined;

/**
 * Returns the maps of the build of class-transformer that the application's decorators write to.
 *
 * The maps are private and exist once a build; a bundle may hold either build, or both. So no file of the library is
 * imported for them: a class is decorated, and the map that looks it up is the one.
 * docs/decisions/class-transformer-storage.md explains why.
 */
export function transformerMaps(): TransformerMaps {
  return (maps ??= {
    types: mapBehind(Type(() => Object)),
    transforms: mapBehind(Transform(({ value }) => value as unknown)),
    exposed: mapBehind(Expose()),
    excluded: mapBehind(Exclude()),
  });
}

class Probe {
  declare probe: unknown;
}

/** @throws BootstrapError when the library keeps no such map. */
function mapBehind<T>(decorate: PropertyDecorator): ByProperty<T> {
  const { has } = Map.prototype;
  let found: ByProperty<T> | undefined;
  Map.prototype.has = function (this: Map<unknown, unknown>, key) {
    if (key === Probe) found = this as unknown as ByProperty<T>;
    return has.call(this, key);
  };
  try {
    decorate(Probe.prototype, 'probe');
  } finally {
    Map.prototype.has = has;
  }
  if (!found) throw new BootstrapError(OTHER_RELEASE);
  return found;
}

const OTHER_RELEASE =
  "This release of class-transformer stores its decorators' metadata in another way than 0.5.1 does. " +
  'Lambent works with 0.5.1: npm install class-transformer@0.5.1';

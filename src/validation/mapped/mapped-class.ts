import { Exclude, Expose, Transform, Type, type TypeOptions } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';
import { classMetadata, describeProperty } from '../../metadata/class-metadata.js';
import { propertyType, writePropertyType } from '../../metadata/reflection.js';
import type { AbstractConstructor, Constructor, PlainObject } from '../../shared/types.js';
import { hasTypes } from '../dto/check-dto.js';
import { describedProperties, initialValues, propertyRules } from '../dto/property-rules.js';
import {
  classDecorators,
  everyTransformOf,
  excludeMetadata,
  exposeMetadata,
  typeMetadata,
} from '../transformer/transformer-metadata.js';

/** The classes to map, and how. */
interface Mapping {
  readonly name: string;
  readonly bases: readonly AbstractConstructor<object>[];
  /** Selects the properties to keep; all by default. */
  readonly keeps?: (key: string) => boolean;
  /** Whether new instances get the initial values of the bases. */
  readonly initialised: boolean;
}

/** Creates a class with properties of other classes, without extending them. */
export function mappedClass({ name, bases, keeps = () => true, initialised }: Mapping): Constructor<object> {
  class Mapped {
    constructor() {
      if (initialised) for (const base of bases) initialise(this as PlainObject, base, keeps);
    }
  }
  // Not a computed key: some compilers lose the name of such a class.
  Object.defineProperty(Mapped, 'name', { value: name, configurable: true });
  copyDecorators(bases as unknown as Constructor[], Mapped, keeps);
  return Mapped;
}

function initialise(instance: PlainObject, base: AbstractConstructor<object>, keeps: (key: string) => boolean): void {
  for (const [key, value] of Object.entries(initialValues(base) ?? {})) {
    if (keeps(key) && instance[key] === undefined) instance[key] = value as unknown;
  }
}

type Keeps = (key: string) => boolean;

/**
 * Copies what decorators and the compiler record for properties of other classes, as if the target declared them
 * itself.
 *
 * For a property that several classes have, the rules of all apply; in everything else the last class wins.
 */
function copyDecorators(bases: readonly Constructor[], target: Constructor, keeps: Keeps): void {
  for (const base of bases) {
    copyClassDecorators(base, target);
    copyRules(base, target, keeps);
    const open = hasTypes(base) ? Object : undefined;
    for (const key of describedProperties(base).filter(keeps)) copyProperty(base, target, key, open);
  }
  copyTransforms(bases, target, keeps);
}

function copyClassDecorators(base: Constructor, target: Constructor): void {
  const { exclude, expose } = classDecorators(base);
  if (exclude) Exclude(exclude.options)(target);
  if (expose) Expose(expose.options)(target);
}

/** Keeps the order of the base, in which broken rules are reported. */
function copyRules(base: Constructor, target: Constructor, keeps: Keeps): void {
  const rules = propertyRules(base).filter(({ name }) => keeps(name));
  for (const rule of rules.flatMap(({ metadata }) => metadata))
    getMetadataStorage().addValidationMetadata({ ...rule, target });
}

/**
 * @param open The type of properties for which the compiler emits none. Their initial values would show that it emits
 *   types, but these may not be copied.
 */
function copyProperty(base: Constructor, target: Constructor, key: string, open: unknown): void {
  const prototype = target.prototype as object;
  const declared = propertyType(base.prototype as object, key) ?? open;
  if (declared !== undefined) writePropertyType(prototype, key, declared);
  const type = typeMetadata(base, key);
  if (type) Type(type.typeFunction as Parameters<typeof Type>[0], type.options as TypeOptions)(prototype, key);
  const expose = exposeMetadata(base, key);
  if (expose) Expose(expose.options)(prototype, key);
  const exclude = excludeMetadata(base, key);
  if (exclude) Exclude(exclude.options)(prototype, key);
  const described = classMetadata(base).apiProperties?.get(key);
  if (described) describeProperty(prototype, key, described);
}

/** The library keeps a list of transforms, so those of every base would run. */
function copyTransforms(bases: readonly Constructor[], target: Constructor, keeps: Keeps): void {
  for (const key of new Set(bases.flatMap(describedProperties).filter(keeps))) {
    const lists = bases.map((base) => everyTransformOf(base, key));
    // The last decorator runs first.
    const transforms = lists.findLast((list) => list.length > 0)?.toReversed() ?? [];
    for (const { transformFn, options } of transforms) Transform(transformFn, options)(target.prototype as object, key);
  }
}

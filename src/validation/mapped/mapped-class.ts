import { Exclude, Expose, Transform, Type, type TypeOptions } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';
import { classMetadata, describeProperty } from '../../metadata/class-metadata.js';
import { propertyType, writePropertyType } from '../../metadata/reflection.js';
import type { AbstractConstructor, Constructor, PlainObject } from '../../shared/types.js';
import { hasTypes } from '../dto/check-dto.js';
import { describedProperties, propertyRules } from '../dto/property-rules.js';
import {
  classWords,
  everyTransformOf,
  excludeMetadata,
  exposeMetadata,
  typeMetadata,
} from '../transformer/transformer-metadata.js';

/** What to make of which classes. */
interface Mapping {
  readonly name: string;
  readonly bases: readonly AbstractConstructor<object>[];
  /** Which of their properties it has; all of them unless given. */
  readonly keeps?: (key: string) => boolean;
  /** What new instances have by themselves is what those of the bases have. */
  readonly initialised: boolean;
}

/** Makes a class that has properties of others, and extends none of them. */
export function mappedClass({ name, bases, keeps = () => true, initialised }: Mapping): Constructor<object> {
  class Mapped {
    constructor() {
      if (initialised) for (const base of bases) initialise(this as PlainObject, base, keeps);
    }
  }
  // Not by a computed key: some compilers lose the name of such a class.
  Object.defineProperty(Mapped, 'name', { value: name, configurable: true });
  copyDecorators(bases as unknown as Constructor[], Mapped, keeps);
  return Mapped;
}

function initialise(instance: PlainObject, base: AbstractConstructor<object>, keeps: (key: string) => boolean): void {
  for (const [key, value] of Object.entries(newInstance(base))) {
    if (keeps(key) && instance[key] === undefined) instance[key] = value as unknown;
  }
}

/** One whose constructor needs arguments has nothing by itself. */
function newInstance(base: AbstractConstructor<object>): object {
  try {
    return Reflect.construct(base, []) as object;
  } catch {
    return {};
  }
}

type Keeps = (key: string) => boolean;

/**
 * Gives a class what decorators and the compiler said of properties of other classes, as if it declared them itself.
 *
 * Where several of them have a property, all their rules apply to it; of everything else the last one's word counts.
 */
function copyDecorators(bases: readonly Constructor[], target: Constructor, keeps: Keeps): void {
  for (const base of bases) {
    copyClassWords(base, target);
    copyRules(base, target, keeps);
    const open = hasTypes(base) ? Object : undefined;
    for (const key of describedProperties(base).filter(keeps)) copyProperty(base, target, key, open);
  }
  copyTransforms(bases, target, keeps);
}

function copyClassWords(base: Constructor, target: Constructor): void {
  const { exclude, expose } = classWords(base);
  if (exclude) Exclude(exclude.options)(target);
  if (expose) Expose(expose.options)(target);
}

/** In the order of the base, in which broken rules are told. */
function copyRules(base: Constructor, target: Constructor, keeps: Keeps): void {
  const rules = propertyRules(base).filter(({ name }) => keeps(name));
  for (const rule of rules.flatMap(({ metadata }) => metadata))
    getMetadataStorage().addValidationMetadata({ ...rule, target });
}

/**
 * @param open The type of properties of which the compiler emits nothing, for their initial values, which tell that,
 *   may not be copied.
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

/** The library keeps a list of them, so those of another class would run as well. */
function copyTransforms(bases: readonly Constructor[], target: Constructor, keeps: Keeps): void {
  for (const key of new Set(bases.flatMap(describedProperties).filter(keeps))) {
    const lists = bases.map((base) => everyTransformOf(base, key));
    // What is said last runs first.
    const said = lists.findLast((list) => list.length > 0)?.toReversed() ?? [];
    for (const { transformFn, options } of said) Transform(transformFn, options)(target.prototype as object, key);
  }
}

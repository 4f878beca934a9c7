import { Exclude, Expose, Transform, Type, type TypeOptions } from 'class-transformer';
import { getMetadataStorage, IsOptional, ValidateIf } from 'class-validator';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { checkOptions, flag } from '../errors/check-options.js';
import { describeProperty } from '../metadata/class-metadata.js';
import { mergedMetadata } from '../metadata/merged-metadata.js';
import { propertyType, writePropertyType } from '../metadata/reflection.js';
import { describeToken } from '../shared/token.js';
import { type AbstractConstructor, type Constructor, isClass, type PlainObject } from '../shared/types.js';
import { hasTypes } from './dto/check-dto-class.js';
import { describedProperties, initialValues, propertyRules } from './dto/property-rules.js';
import {
  classDecorators,
  everyTransformOf,
  excludeMetadata,
  exposeMetadata,
  typeMetadata,
} from './transformer/transformer-metadata.js';

type Properties<T> = { [K in keyof T as NonNullable<T[K]> extends Function ? never : K]: T[K] };

/** A class to extend, or to use as a DTO: the properties of `T`, without its methods. */
export type MappedType<T> = new () => Properties<T>;

type Intersected<T extends readonly unknown[]> = T extends readonly [AbstractConstructor<infer First>, ...infer Rest]
  ? Properties<First> & Intersected<Rest>
  : unknown;

/** Options of `PartialType`. */
export interface PartialTypeOptions {
  /** `false`: a property may be missing, but its rules apply if it is `null`. By default `null` is accepted too. */
  readonly skipNullProperties?: boolean;
}

/**
 * Creates a DTO with the properties and rules of another one, where every property is optional.
 *
 * Initial values are not copied: what a caller leaves out stays out.
 *
 * @throws BootstrapError when `base` is not a class, or has no decorated property.
 */
export function PartialType<T extends object>(
  base: AbstractConstructor<T>,
  options: PartialTypeOptions = {},
): MappedType<Partial<T>> {
  checkBase(base, 'PartialType');
  checkOptions(options, { skipNullProperties: flag }, 'the options of PartialType');
  const type = mappedClass({ name: `Partial${base.name}`, bases: [base], initialised: false });
  const optional = makeOptional(options.skipNullProperties !== false);
  for (const { name } of propertyRules(type)) optional(type.prototype, name);
  for (const name of describedProperties(type)) describeProperty(type.prototype, name, { required: false });
  return type as MappedType<Partial<T>>;
}

/**
 * Creates a DTO from some properties of another one, with their rules and initial values.
 *
 * @throws BootstrapError when `base` is not a class, has no decorated property, or has no such property.
 */
export function PickType<T extends object, K extends keyof T>(
  base: AbstractConstructor<T>,
  keys: readonly K[],
): MappedType<Pick<T, K>> {
  const picked = namesOf(base, keys, 'PickType');
  return mapped(`Pick${base.name}`, [base], (key) => picked.has(key)) as MappedType<Pick<T, K>>;
}

/**
 * Creates a DTO from all but some properties of another one, with their rules and initial values.
 *
 * @throws BootstrapError when `base` is not a class, has no decorated property, or has no such property.
 */
export function OmitType<T extends object, K extends keyof T>(
  base: AbstractConstructor<T>,
  keys: readonly K[],
): MappedType<Omit<T, K>> {
  const omitted = namesOf(base, keys, 'OmitType');
  return mapped(`Omit${base.name}`, [base], (key) => !omitted.has(key)) as MappedType<Omit<T, K>>;
}

/**
 * Creates a DTO with the properties of several others, with their rules and initial values. The rules of all apply to a
 * property that several of them have; its initial value is the first one's.
 *
 * @throws BootstrapError when one of them is not a class, or has no decorated property.
 */
export function IntersectionType<T extends [AbstractConstructor<object>, ...AbstractConstructor<object>[]]>(
  ...bases: T
): MappedType<Intersected<T>> {
  for (const base of bases) checkBase(base, 'IntersectionType');
  return mapped(`Intersection${bases.map(describeToken).join('')}`, bases) as MappedType<Intersected<T>>;
}

function mapped(
  name: string,
  bases: readonly AbstractConstructor<object>[],
  keeps?: (key: string) => boolean,
): Constructor<object> {
  return mappedClass({ name, bases, initialised: true, ...(keeps && { keeps }) });
}

function namesOf(
  base: AbstractConstructor<object>,
  keys: readonly PropertyKey[],
  caller: string,
): ReadonlySet<unknown> {
  checkBase(base, caller);
  checkKeys(base, keys as readonly string[], caller);
  return new Set(keys);
}

/**
 * @param caller Names the called function in the error message.
 * @throws BootstrapError when `base` is not a class, or has no decorated property.
 */
function checkBase(base: unknown, caller: string): asserts base is Constructor<object> {
  if (!isClass(base)) throw new BootstrapError(noClass(base, caller));
  if (describedProperties(base).length === 0) throw new BootstrapError(noRules(base, caller));
}

/** @throws BootstrapError when the keys are not a list, or the class has no such property. */
function checkKeys(base: Constructor, keys: readonly string[], caller: string): void {
  if (!Array.isArray(keys))
    throw new BootstrapError(`${caller}(${describeToken(base)}, …) takes a list of property names, such as ['id'].`);
  const described = describedProperties(base);
  const missing = keys.filter((key) => !described.includes(key));
  if (missing.length > 0) throw new BootstrapError(noProperty(base, missing, described, caller));
}

function noClass(base: unknown, caller: string): string {
  const given = base === undefined ? 'undefined' : `${describeToken(base)}, which is not a class`;
  return (
    `${caller} was given ${given}. It needs the class of a DTO. If you passed one, a circular import has not ` +
    'evaluated it yet: move it to a file of its own. An `import type` leaves no class either.'
  );
}

function noRules(base: unknown, caller: string): string {
  return (
    `${caller} was given ${describeToken(base)}, which has no properties with decorators, so there is nothing to ` +
    'map. Properties without a decorator cannot be seen at run time: give them rules, such as @IsString(), or @Allow().'
  );
}

function noProperty(base: unknown, missing: readonly string[], described: readonly string[], caller: string): string {
  const name = describeToken(base);
  return (
    `${caller}(${name}, …): ${name} has no property ${missing.map((key) => JSON.stringify(key)).join(', ')}. ` +
    `It has ${described.join(', ')}. ` +
    'A property without a decorator cannot be seen at run time: add one, such as @Allow().'
  );
}

/**
 * Makes a property optional in all groups. Otherwise rules of a group would apply to a missing property.
 *
 * @param orNull Whether `null` is accepted too; otherwise the rules apply to it.
 */
function makeOptional(orNull: boolean): PropertyDecorator {
  return orNull ? IsOptional({ always: true }) : ValidateIf((_, value) => value !== undefined, { always: true });
}

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
function mappedClass({ name, bases, keeps = () => true, initialised }: Mapping): Constructor<object> {
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
  const prototype = target.prototype;
  const declared = propertyType(base.prototype, key) ?? open;
  if (declared !== undefined) writePropertyType(prototype, key, declared);
  const type = typeMetadata(base, key);
  if (type) Type(type.typeFunction as Parameters<typeof Type>[0], type.options as TypeOptions)(prototype, key);
  const expose = exposeMetadata(base, key);
  if (expose) Expose(expose.options)(prototype, key);
  const exclude = excludeMetadata(base, key);
  if (exclude) Exclude(exclude.options)(prototype, key);
  const described = mergedMetadata(base).apiProperties?.get(key);
  if (described) describeProperty(prototype, key, described);
}

/** The library keeps a list of transforms, so those of every base would run. */
function copyTransforms(bases: readonly Constructor[], target: Constructor, keeps: Keeps): void {
  for (const key of new Set(bases.flatMap(describedProperties).filter(keeps))) {
    const lists = bases.map((base) => everyTransformOf(base, key));
    // The last decorator runs first.
    const transforms = lists.findLast((list) => list.length > 0)?.toReversed() ?? [];
    for (const { transformFn, options } of transforms) Transform(transformFn, options)(target.prototype, key);
  }
}

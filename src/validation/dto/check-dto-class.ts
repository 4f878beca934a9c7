import { ValidationTypes } from 'class-validator';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { mistakesIn } from '../../metadata/mistakes.js';
import { nestMistake } from '../../metadata/nestjs-decorators.js';
import { describeToken } from '../../shared/token.js';
import { type Constructor, isClass } from '../../shared/types.js';
import { ignoresObject } from '../transformer/ignores-object.js';
import { isBuiltByTransform, likelyType, typeMetadata } from '../transformer/transformer-metadata.js';
import { isOpen } from './declared-shape.js';
import { hasRules, initialValues, type PropertyRules, propertyRules } from './property-rules.js';

/** Whether a type is a class with class-validator decorators, its own or inherited. */
export function isDto(type: unknown): type is Constructor {
  return isClass(type) && !NEVER_DTO.has(type) && hasRules(type);
}

/** The types of most parameters. For each of them class-validator would search its lists several times. */
const NEVER_DTO: ReadonlySet<unknown> = new Set([String, Number, Boolean, Object, Array]);

/**
 * Finds errors in a DTO class and its nested classes that would refuse every request or check nothing.
 *
 * @param where Names the user of the DTO in error messages.
 * @returns Properties, such as `Order.tags`, that only some compilers emit as lists.
 * @throws BootstrapError when the compiler's types are missing, or the class of a nested property is unknown.
 */
export function checkDto(type: Constructor, where: string): string[] {
  const seen = new Map<Constructor, string[]>();
  check(type, where, seen);
  return [...seen.values()].flat();
}

function check(type: Constructor, where: string, seen: Map<Constructor, string[]>): void {
  if (seen.has(type) || !isDto(type)) return;
  const properties = propertyRules(type);
  seen.set(
    type,
    properties.filter(isUnclearList).map(({ name }) => `${describeToken(type)}.${name}`),
  );
  const mistake = mistakesIn(type)[0] ?? nestMistake(type);
  if (mistake) throw new BootstrapError(`${where}: ${mistake}`);
  if (!hasTypes(type, properties)) throw withoutTypes(type, where);
  for (const property of properties) {
    if (property.nested) checkNested(type, property, (nested) => check(nested, where, seen));
  }
}

function withoutTypes(type: Constructor, where: string): BootstrapError {
  const name = describeToken(type);
  return new BootstrapError(
    `${where}: ${name} has validation rules, but the types of its properties are missing. Either the class was ` +
      "evaluated before reflect-metadata: put import 'reflect-metadata' (or an import of lambent) first in the file " +
      'that starts the application. Or the compiler emits no types: set experimentalDecorators and ' +
      'emitDecoratorMetadata (esbuild, tsx and Node.js itself cannot emit them).',
  );
}

/** Types that do not tell what is inside: interfaces, unions, type-only imports and containers. */
const OPEN_TYPES: ReadonlySet<unknown> = new Set([undefined, Object, Function, Array, Set, Map, Promise]);

function checkNested(type: Constructor, property: PropertyRules, next: (nested: Constructor) => void): void {
  const { name } = property;
  const metadata = typeMetadata(type, name);
  const nested = metadata ? likelyType(metadata, name) : property.type;
  const where = `${describeToken(type)}.${name}`;
  if (metadata?.typeFunction && nested === undefined && ignoresObject(metadata))
    throw new BootstrapError(namesNothing(where));
  if (!metadata && !isBuiltByTransform(type, name)) {
    throw new BootstrapError(OPEN_TYPES.has(nested) ? classUnknown(where) : notBuilt(where, describeToken(nested)));
  }
  for (const { value } of metadata?.options?.discriminator?.subTypes ?? []) next(value);
  if (isClass(nested)) next(nested);
}

function classUnknown(where: string): string {
  return (
    `${where} is marked with @ValidateNested, but its class is unknown: compilers do not emit the item type of an ` +
    'array, a set or a map, nor an interface, a union, or a class imported with `import type`. ' +
    'Name the class: @Type(() => X).'
  );
}

function notBuilt(where: string, name: string): string {
  return (
    `${where} is marked with @ValidateNested, but nothing converts its input to ${name}, so every request would be ` +
    `refused. Add @Type(() => ${name}).`
  );
}

function namesNothing(where: string): string {
  return (
    `${where}: the function passed to @Type returns undefined. ` +
    'The class is not exported from the imported file, or a circular import has not evaluated it yet.'
  );
}

/**
 * Whether the compiler emitted any types of the class. For a property without a declared type, such as `limit = 20`,
 * swc emits nothing; but such a property has an initial value.
 */
export function hasTypes(type: Constructor, properties: readonly PropertyRules[] = propertyRules(type)): boolean {
  return properties.some((property) => property.type !== undefined) || isInferred(type, properties);
}

function isInferred(type: Constructor, properties: readonly PropertyRules[]): boolean {
  const initial = initialValues(type);
  return initial !== undefined && properties.every(({ name }) => initial[name] !== undefined);
}

/**
 * Whether only some compilers emit a property as a list: its rules are for items, and its type, which is open
 * here, may be emitted as an array elsewhere. A rule for the whole value shows that the author has considered this.
 */
function isUnclearList({ type, listed, nested, metadata }: PropertyRules): boolean {
  return (
    listed &&
    !nested &&
    isOpen(type) &&
    metadata.every(({ each, type: kind }) => each || kind === ValidationTypes.CONDITIONAL_VALIDATION)
  );
}

import { ValidationTypes } from 'class-validator';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { mistakesIn } from '../../metadata/mistakes.js';
import { nestMistake } from '../../metadata/nestjs-decorators.js';
import { describeToken } from '../../shared/token.js';
import type { Constructor, PlainObject } from '../../shared/types.js';
import { isBuiltByTransform, likelyType, looksAtNothing, typeMetadata } from '../transformer/transformer-metadata.js';
import { hasRules, type PropertyRules, propertyRules } from './property-rules.js';
import { isOpen } from './shape.js';

/** Whether a type is a class with class-validator's decorators, its own or inherited. */
export function isDto(type: unknown): type is Constructor {
  return (
    typeof type === 'function' &&
    !NEVER_DTO.has(type) &&
    typeof type.prototype === 'object' &&
    hasRules(type as Constructor)
  );
}

/** What most parameters are declared as, for which class-validator would go through its lists several times each. */
const NEVER_DTO: ReadonlySet<unknown> = new Set([String, Number, Boolean, Object, Array]);

/**
 * Finds mistakes in a DTO class, and in those nested in it, that would refuse every request or check nothing.
 *
 * @param where who takes the DTO, for the message.
 * @returns Properties, as `Order.tags`, that are held to be lists under some compilers only.
 * @throws BootstrapError when the compiler's types are missing, or the class of a nested property can't be known.
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
    unclearLists(properties).map((name) => `${describeToken(type)}.${name}`),
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
    `${where}: ${name} has rules, but the types of its properties are missing. Either it was evaluated before ` +
      "reflect-metadata: put import 'reflect-metadata' (or an import of lambent) first in the file that starts the " +
      'application. Or its compiler emits no types: set experimentalDecorators and emitDecoratorMetadata ' +
      '(esbuild, tsx and Node itself can not emit them).',
  );
}

/** Types that say nothing of what is inside: interfaces, unions, type-only imports and containers. */
const OPEN_TYPES: ReadonlySet<unknown> = new Set([undefined, Object, Function, Array, Set, Map, Promise]);

function checkNested(type: Constructor, property: PropertyRules, next: (nested: Constructor) => void): void {
  const { name } = property;
  const metadata = typeMetadata(type, name);
  const nested = metadata ? likelyType(metadata, name) : property.type;
  const where = `${describeToken(type)}.${name}`;
  if (metadata?.typeFunction && nested === undefined && looksAtNothing(metadata))
    throw new BootstrapError(namesNothing(where));
  if (!metadata && !isBuiltByTransform(type, name)) {
    throw new BootstrapError(OPEN_TYPES.has(nested) ? classUnknown(where) : notBuilt(where, describeToken(nested)));
  }
  for (const { value } of metadata?.options?.discriminator?.subTypes ?? []) next(value);
  if (typeof nested === 'function') next(nested as Constructor);
}

function classUnknown(where: string): string {
  return (
    `${where} is marked with @ValidateNested, but its class is not known: the compiler leaves nothing of the items' type of ` +
    'an array, a set or a map, of an interface, a union, or a class that is imported with `import type`. ' +
    'Say which class it is: @Type(() => X).'
  );
}

function notBuilt(where: string, name: string): string {
  return (
    `${where} is marked with @ValidateNested, but nothing makes a ${name} of what comes in, so every request would be refused. ` +
    `Add @Type(() => ${name}).`
  );
}

function namesNothing(where: string): string {
  return (
    `${where}: the function given to @Type returns undefined. ` +
    'The class is not exported from where it is imported, or a circle of imports has not got to it.'
  );
}

/**
 * Whether the compiler says anything of a class' types. Of properties without a declared one, as in `limit = 20`, swc
 * emits nothing at all; these have a value from the start.
 */
export function hasTypes(type: Constructor, properties: readonly PropertyRules[] = propertyRules(type)): boolean {
  return properties.some((property) => property.type !== undefined) || isInferred(type, properties);
}

function isInferred(type: Constructor, properties: readonly PropertyRules[]): boolean {
  try {
    const instance = new type() as PlainObject;
    return properties.every(({ name }) => instance[name] !== undefined);
  } catch {
    return false;
  }
}

/**
 * Properties that take a list under one compiler and anything under another: their rules are for items, and the type,
 * which is open here, may be emitted as an array there. A rule of the whole says that somebody has thought of it.
 */
function unclearLists(properties: readonly PropertyRules[]): string[] {
  return properties.filter(isUnclear).map(({ name }) => name);
}

function isUnclear({ type, listed, nested, metadata }: PropertyRules): boolean {
  return (
    listed &&
    !nested &&
    isOpen(type) &&
    metadata.every(({ each, type: kind }) => each || kind === ValidationTypes.CONDITIONAL_VALIDATION)
  );
}

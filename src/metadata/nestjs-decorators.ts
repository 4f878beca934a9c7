import type { AbstractConstructor } from '../shared/types.js';
import { NEST_MODULE_KEYS, NEST_ROUTE, NEST_SCOPE, type NestMark, nestMark } from './nestjs-marks.js';
import './reflection.js';

/** A decorator of NestJS's, and what it stands on. */
interface NestDecorator extends NestMark {
  /** As in `Orders.find`, or `Orders` alone. */
  readonly place: string;
}

/**
 * The first decorator of NestJS's on a class, on its methods and properties, or on what it inherits: nothing here
 * reads what it says.
 */
function nestDecorator(type: AbstractConstructor): NestDecorator | undefined {
  const hidden = new Set<string | symbol>();
  for (const { owner, prototype } of ancestry(type)) {
    const mark = markOf(owner) ?? scopeMark(owner) ?? markOf(prototype);
    if (mark) return { ...mark, place: owner.name };
    for (const key of Reflect.ownKeys(prototype)) {
      const found = key === 'constructor' || hidden.has(key) ? undefined : memberMark({ owner, prototype }, key);
      if (found) return { ...found, place: `${owner.name}.${String(key)}` };
      // What is declared anew has nothing of what it takes the place of.
      hidden.add(key);
    }
  }
  return undefined;
}

/** What a class has of NestJS's, and what to do about it, for a message; `undefined` for nothing. */
export function nestMistake(type: AbstractConstructor): string | undefined {
  const found = nestDecorator(type);
  return (
    found && `${found.place} has a decorator of NestJS's (${found.name}), which does nothing here: ${found.instead}.`
  );
}

/** Whether a class is a module of NestJS's. */
export function isNestModule(type: object): boolean {
  return NEST_MODULE_KEYS.some((key) => Reflect.hasOwnMetadata(key, type));
}

interface Link {
  readonly owner: AbstractConstructor;
  readonly prototype: object;
}

/** A class and what it extends. */
function* ancestry(type: AbstractConstructor): Iterable<Link> {
  for (let owner: unknown = type; typeof owner === 'function' && owner !== Function.prototype; owner = Object.getPrototypeOf(owner)) {
    const { prototype } = owner as { readonly prototype?: unknown };
    if (typeof prototype === 'object' && prototype !== null) yield { owner: owner as AbstractConstructor, prototype };
  }
}

/** Of a method on its function and under its name, of a property under its name. */
function memberMark({ owner, prototype }: Link, key: string | symbol): NestMark | undefined {
  const member: unknown = Object.getOwnPropertyDescriptor(prototype, key)?.value;
  if (typeof member !== 'function') return firstMark(Reflect.getOwnMetadataKeys(prototype, key));
  return (
    firstMark(Reflect.getOwnMetadataKeys(owner, key)) ?? markOf(member) ?? (isRoute(member) ? NEST_ROUTE : undefined)
  );
}

function markOf(target: object): NestMark | undefined {
  return firstMark(Reflect.getOwnMetadataKeys(target));
}

function firstMark(keys: readonly unknown[]): NestMark | undefined {
  for (const key of keys) {
    const mark = nestMark(key);
    if (mark) return mark;
  }
  return undefined;
}

/** NestJS has a number for each method; whoever uses these two names for metadata of his own has none beside a path. */
function isRoute(method: object): boolean {
  return typeof Reflect.getOwnMetadata('method', method) === 'number' && Reflect.hasOwnMetadata('path', method);
}

/** An `@Injectable()` of NestJS's does no harm, but for one that has a scope: there would be one instance for all. */
function scopeMark(type: object): NestMark | undefined {
  const options = Reflect.getOwnMetadata('scope:options', type) as
    { readonly scope?: number; readonly durable?: boolean } | undefined;
  return (options?.scope ?? 0) > 0 || options?.durable ? NEST_SCOPE : undefined;
}

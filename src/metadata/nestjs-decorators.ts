import type { AbstractConstructor } from '../shared/types.js';
import './reflection.js';

/** Where NestJS's decorators leave their mark, on a class or on a method's function. */
const MARKS: ReadonlyMap<unknown, string> = new Map([
  ['__controller__', '@Controller'],
  ['__guards__', '@UseGuards'],
  ['__interceptors__', '@UseInterceptors'],
  ['__pipes__', '@UsePipes'],
  ['__exceptionFilters__', '@UseFilters'],
  ['__httpCode__', '@HttpCode'],
  ['__headers__', '@Header'],
  ['__redirect__', '@Redirect'],
  ['__version__', '@Version'],
]);
const ARGUMENTS = '__routeArguments__';
const MODULE = ['imports', 'controllers', 'providers', 'exports'];

/** A decorator of NestJS's, and what it stands on. */
export interface NestDecorator {
  readonly name: string;
  /** As in `Orders.find`, or `Orders` alone. */
  readonly place: string;
}

/** The first decorator of `@nestjs/common` on a class or on one of its methods: nothing here reads what it says. */
export function nestDecorator(type: AbstractConstructor): NestDecorator | undefined {
  const name = markOf(type) ?? scopeOf(type);
  if (name !== undefined) return { name, place: type.name };
  for (const key of Reflect.ownKeys((type.prototype ?? {}) as object)) {
    const found = key === 'constructor' ? undefined : methodDecorator(type, key);
    if (found !== undefined) return { name: found, place: `${type.name}.${String(key)}` };
  }
  return undefined;
}

/** Whether a class is a module of NestJS's. */
export function isNestModule(type: object): boolean {
  return MODULE.some((key) => Reflect.hasOwnMetadata(key, type));
}

function methodDecorator(type: AbstractConstructor, key: string | symbol): string | undefined {
  if (Reflect.hasOwnMetadata(ARGUMENTS, type, key)) return '@Body, @Param or the like';
  const method: unknown = Object.getOwnPropertyDescriptor(type.prototype, key)?.value;
  return typeof method === 'function' ? markOf(method) : undefined;
}

function markOf(target: object): string | undefined {
  for (const key of Reflect.getOwnMetadataKeys(target)) {
    const name = MARKS.get(key) ?? (key === 'method' && isRoute(target) ? '@Get, @Post or the like' : undefined);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** NestJS has a number for each method; whoever uses these two names for metadata of his own has none beside a path. */
function isRoute(method: object): boolean {
  return typeof Reflect.getOwnMetadata('method', method) === 'number' && Reflect.hasOwnMetadata('path', method);
}

/** An `@Injectable()` of NestJS's does no harm, but for one that has a scope: there would be one instance for all. */
function scopeOf(type: object): string | undefined {
  const options = Reflect.getOwnMetadata('scope:options', type) as { readonly scope?: number } | undefined;
  return (options?.scope ?? 0) > 0 ? '@Injectable with a scope' : undefined;
}

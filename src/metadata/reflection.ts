import 'reflect-metadata';

// The one owner of reflect-metadata: everything else asks here for what the compiler emitted.

type Target = object;

/** Where one member of an enum is the type, swc and oxc emit its value. */
function typeOf(emitted: unknown): unknown {
  return typeof emitted === 'string' || typeof emitted === 'number' ? Object(emitted).constructor : emitted;
}

/** The parameter types of a method; `undefined` when it carries no decorator or nothing was emitted. */
export function parameterTypes(prototype: Target, key: string | symbol): readonly unknown[] | undefined {
  return (Reflect.getMetadata('design:paramtypes', prototype, key) as readonly unknown[] | undefined)?.map(typeOf);
}

export function returnType(prototype: Target, key: string | symbol): unknown {
  return typeOf(Reflect.getMetadata('design:returntype', prototype, key));
}

/** The declared type of a property; `undefined` when the property carries no decorator or nothing was emitted. */
export function propertyType(prototype: Target, key: string | symbol): unknown {
  return typeOf(Reflect.getMetadata('design:type', prototype, key));
}

/** Says what the compiler would have emitted as the declared type of a property. */
export function writePropertyType(prototype: Target, key: string | symbol, type: unknown): void {
  Reflect.defineMetadata('design:type', type, prototype, key);
}

export function readMetadata<T>(key: unknown, target: Target): T | undefined {
  return Reflect.getMetadata(key, target) as T | undefined;
}

export function readOwnMetadata<T>(key: unknown, target: Target): T | undefined {
  return Reflect.getOwnMetadata(key, target) as T | undefined;
}

export function writeMetadata(key: unknown, value: unknown, target: Target): void {
  Reflect.defineMetadata(key, value, target);
}

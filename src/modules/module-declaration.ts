import { BootstrapError } from '../errors/bootstrap-error.js';
import { classMetadata } from '../metadata/class-metadata.js';
import { isNestModule } from '../metadata/nestjs-decorators.js';
import type { DynamicModule, ModuleMetadata } from '../shared/module.js';
import { describeToken } from '../shared/token.js';
import type { Constructor } from '../shared/types.js';

/** What `@Module` and a dynamic module say together, the class' own words first. */
export interface ModuleDeclaration extends Required<ModuleMetadata> {
  readonly name: string;
  readonly type: Constructor;
  readonly global: boolean;
}

export function isModuleClass(value: unknown): value is Constructor {
  return typeof value === 'function' && classMetadata(value as Constructor).module !== undefined;
}

export function isDynamicModule(value: unknown): value is DynamicModule {
  return typeof value === 'object' && value !== null && typeof (value as Partial<DynamicModule>).module === 'function';
}

/**
 * Reads a module.
 *
 * @param place Where the reference stands, for the message, as in `imports[1] of AppModule`.
 * @throws BootstrapError when `reference` is no module.
 */
export function declareModule(reference: unknown, place: string): ModuleDeclaration {
  const type: unknown = isDynamicModule(reference) ? reference.module : reference;
  if (typeof type === 'function' && isNestModule(type)) throw new BootstrapError(nestModule(type, place));
  if (isDynamicModule(reference)) return merge(reference.module, reference);
  if (isModuleClass(reference)) return merge(reference, {});
  throw new BootstrapError(notAModule(reference, place));
}

function merge(type: Constructor, dynamic: Partial<DynamicModule>): ModuleDeclaration {
  const { module: own = {}, global = false } = classMetadata(type);
  return {
    name: type.name,
    type,
    global: global || dynamic.global === true,
    imports: [...(own.imports ?? []), ...(dynamic.imports ?? [])],
    controllers: [...(own.controllers ?? []), ...(dynamic.controllers ?? [])],
    providers: [...(own.providers ?? []), ...(dynamic.providers ?? [])],
    exports: [...(own.exports ?? []), ...(dynamic.exports ?? [])],
  };
}

/** Of a dynamic module all that its class says would be lost. */
function nestModule(type: Function, place: string): string {
  return `${place} is ${describeToken(type)}, whose @Module() is NestJS's: import it from 'lambent' instead.`;
}

function notAModule(reference: unknown, place: string): string {
  if (reference === undefined || reference === null) {
    return (
      `${place} is ${String(reference)}. Two files that import each other do that: write forwardRef(() => TheModule) ` +
      `there, and in the other module too. Or the name is not exported where it is imported from.`
    );
  }
  if (typeof reference !== 'function') {
    return `${place} is no module: it must be a class with @Module() or a dynamic module ({ module: SomeModule, … }).`;
  }
  const name = describeToken(reference);
  return `${place} is ${name}, which is no module: put @Module() on it, or, if it is a provider, move it to providers.`;
}

import { BootstrapError, notThere } from '../../errors/bootstrap-error.js';
import { aList, anything, checkOptions, flag, type OptionRules } from '../../errors/check-options.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { isNestModule } from '../../metadata/nestjs-decorators.js';
import { isBranded } from '../../shared/brand.js';
import type { DynamicModule, ModuleMetadata } from '../../shared/module.js';
import { isPromiseLike } from '../../shared/promise.js';
import { describeToken } from '../../shared/token.js';
import { type Constructor, isClass } from '../../shared/types.js';
import type { Routes, RoutingModule } from '../router-module.js';

/** The declarations of `@Module` and a dynamic module together, the class's own entries first. */
export interface ModuleDeclaration extends Required<ModuleMetadata> {
  readonly name: string;
  readonly type: Constructor;
  readonly global: boolean;
  /** Whether it is a dynamic module, rather than a class alone. */
  readonly dynamic: boolean;
  /** The argument of `RouterModule.register`. */
  readonly routes: Routes;
}

export function isModuleClass(value: unknown): value is Constructor {
  return isClass(value) && mergedMetadata(value).module !== undefined;
}

export function isDynamicModule(value: unknown): value is DynamicModule {
  return typeof value === 'object' && value !== null && typeof (value as Partial<DynamicModule>).module === 'function';
}

/**
 * Reads a module.
 *
 * @param place Where the reference is, for the message, as in `imports[1] of AppModule`.
 * @throws BootstrapError when `reference` is not a module.
 */
export function declareModule(reference: unknown, place: string): ModuleDeclaration {
  const type: unknown = isDynamicModule(reference) ? reference.module : reference;
  if (typeof type === 'function' && isNestModule(type)) throw new BootstrapError(nestModule(type, place));
  if (isDynamicModule(reference)) return mergeDynamic(reference, place);
  if (isModuleClass(reference)) return merge(reference, {});
  if ((reference === undefined || reference === null) && place === LOADED)
    throw new BootstrapError(`${place} is ${String(reference)}: its function must return what the file exports.`);
  if (reference === undefined || reference === null)
    throw notThere(place, reference, 'write forwardRef(() => TheModule) in both modules');
  throw new BootstrapError(notAModule(reference, place));
}

/** The name of a module that `lazy()` loads, in messages. */
export const LOADED = 'What lazy() loads';

const LISTS: OptionRules<ModuleMetadata> = { imports: aList, controllers: aList, providers: aList, exports: aList };
const DYNAMIC: OptionRules<DynamicModule> = { module: anything, global: flag, ...LISTS };
/** A list that a circular import has left undefined would give no module its prefix. */
const ROUTING: OptionRules<RoutingModule> = { ...DYNAMIC, routes: { ...aList, refusesUndefined: true } };

function mergeDynamic(reference: DynamicModule, place: string): ModuleDeclaration {
  const rules = isBranded(reference.module, 'RouterModule') ? ROUTING : DYNAMIC;
  checkOptions(reference, rules, `${place}, a dynamic module of ${reference.module.name}`);
  return merge(reference.module, reference);
}

function merge(type: Constructor, dynamic: Partial<RoutingModule>): ModuleDeclaration {
  const { module: own = {}, global = false } = mergedMetadata(type);
  checkOptions(own, LISTS, `@Module on ${type.name}`);
  return {
    name: type.name,
    type,
    global: global || dynamic.global === true,
    dynamic: dynamic.module !== undefined,
    routes: dynamic.routes ?? [],
    imports: [...(own.imports ?? []), ...(dynamic.imports ?? [])],
    controllers: [...(own.controllers ?? []), ...(dynamic.controllers ?? [])],
    providers: [...(own.providers ?? []), ...(dynamic.providers ?? [])],
    exports: [...(own.exports ?? []), ...(dynamic.exports ?? [])],
  };
}

/** Whether a function is meant as a class: a `class`, or a constructor function, recognized by its capital letter. */
function isMeantAsClass(value: Function): boolean {
  return isClass(value) && (String(value).startsWith('class') || !/^[a-z]/.test(value.name));
}

/** Refused as a dynamic module, too: what its class declares would be lost. */
function nestModule(type: Function, place: string): string {
  return `${place} is ${describeToken(type)}, whose @Module() is NestJS's: import it from 'lambent' instead.`;
}

function notAModule(reference: unknown, place: string): string {
  if (typeof reference !== 'function') {
    if (isPromiseLike(reference)) {
      return `${place} is a promise, which is allowed only among imports: await it.`;
    }
    if (isNamespace(reference))
      return `${place} is all that a file exports: take its module, as in .then((all) => all.ReportsModule).`;
    return `${place} is not a module: use a class with @Module() or a dynamic module, { module: SomeModule, … }.`;
  }
  const name = describeToken(reference);
  if (!isMeantAsClass(reference)) return `${place} is the function ${name}: call it, as in imports: [${name}()].`;
  return `${place} is ${name}, which is not a module: add @Module() to it, or move it to providers.`;
}

function isNamespace(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object Module]';
}

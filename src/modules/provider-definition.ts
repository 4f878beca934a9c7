import { BootstrapError } from '../errors/bootstrap-error.js';
import { notThere } from '../errors/not-there.js';
import { aList, anything, aScope, callable, flag, mistakeInArguments, mistakeInOptions, type Rule, text } from '../errors/option-rules.js';
import { isOptions } from '../errors/refuse-unknown-options.js';
import { described, functionKind } from '../errors/yes-or-no.js';
import { classMetadata, declaredMetadata } from '../metadata/class-metadata.js';
import { isNestModule } from '../metadata/nestjs-decorators.js';
import { isPromiseLike } from '../shared/promise.js';
import type { CustomProvider, Provider } from '../shared/provider.js';
import { describeToken, InjectionToken } from '../shared/token.js';
import type { Constructor } from '../shared/types.js';
import { checkClass } from './check-class.js';
import { isDynamicModule } from './module-declaration.js';

/** A class, or what was one before it was compiled; arrow functions and methods have no prototype. */
const aClass: Rule = {
  expected: 'a class',
  accepts: (value) => typeof value === 'function' && typeof value.prototype === 'object',
};

const aToken: Rule = {
  expected: 'a class, an InjectionToken, a text or a symbol',
  accepts: (value) => text.accepts(value) || typeof value === 'symbol' || value instanceof InjectionToken || aClass.accepts(value),
};

/** NestJS waits for a promise under `useValue`; here whoever asks would be given the promise itself. */
const aValue: Rule = {
  expected: 'what is there already: useFactory, as in useFactory: () => promise, waits for a promise',
  accepts: (value) => !isPromiseLike(value),
};

const aFactory: Rule = {
  expected: 'a function that returns what is provided, or a promise of it',
  accepts: (value) => typeof value === 'function' && !functionKind(value).endsWith('generator') && !String(value).startsWith('class'),
};

/** The one way in which a provider is made, and what may be said of it. */
const WAYS: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  useClass: { provide: aToken, useClass: aClass, scope: aScope, dispose: callable },
  useValue: { provide: aToken, useValue: aValue, dispose: callable },
  useFactory: { provide: aToken, useFactory: aFactory, inject: aList, scope: aScope, dispose: callable },
  useExisting: { provide: aToken, useExisting: anything },
};

/**
 * Brings an entry of `providers` into one form, a class being its own token.
 *
 * @param place Where the entry stands, for the message, as in `providers[0] of AppModule`.
 * @throws BootstrapError when the entry is no provider.
 */
export function providerDefinition(entry: Provider, place: string): CustomProvider {
  if (typeof entry === 'function') return classDefinition(entry, place);
  if (typeof entry !== 'object' || entry === null || isPromiseLike(entry) || isDynamicModule(entry)) {
    throw notAProvider(entry, place);
  }
  const mistake = mistakeIn(entry);
  if (mistake) throw new BootstrapError(`${place} (${describeToken(entry.provide)}): ${mistake}`);
  return entry;
}

function classDefinition(type: Constructor, place: string): CustomProvider {
  const elsewhere = belongsElsewhere(type);
  if (elsewhere !== undefined) throw new BootstrapError(`${place} is ${elsewhere}`);
  if (!aClass.accepts(type)) {
    throw new BootstrapError(`${place} is ${described(type)}: it must be a class or an object with provide.`);
  }
  return { provide: type, useClass: type };
}

/** Of a module nothing that it declares would be there, of a controller no route. A provider may extend a controller. */
function belongsElsewhere(type: Constructor): string | undefined {
  const { module, controller } = declaredMetadata(type);
  if (module || isNestModule(type)) return `${type.name}, which is a module: move it to imports.`;
  return controller && `${type.name}, which is a controller: move it to controllers.`;
}

function mistakeIn(entry: CustomProvider): string | undefined {
  if (entry.provide === undefined || entry.provide === null) {
    return 'provide is undefined. Does the file of the token import this one? Give the token a file of its own.';
  }
  const ways = Object.keys(WAYS).filter((name) => name in entry);
  const [way] = ways;
  if (way === undefined || ways.length > 1) return notOneWay(entry, ways);
  if ('useClass' in entry && typeof entry.useClass !== 'function') return `useClass must be a class, not ${String(entry.useClass)}.`;
  const elsewhere = 'useClass' in entry ? belongsElsewhere(entry.useClass) : undefined;
  if (elsewhere !== undefined) return `useClass is ${elsewhere}`;
  if ('useFactory' in entry) return mistakeInFactory(entry) ?? mistakeInMembers(entry, way);
  if ('useExisting' in entry && entry.dispose) return 'useExisting is another name only: dispose belongs to the provider it names.';
  return mistakeInMembers(entry, way);
}

function notOneWay(entry: object, ways: readonly string[]): string {
  const advice = 'useToken' in entry ? ' What tsyringe calls useToken is useExisting.' : '';
  return `a provider has exactly one of ${Object.keys(WAYS).join(', ')}; here: ${ways.join(' and ') || 'none'}.${advice}`;
}

function mistakeInMembers(entry: CustomProvider, way: string): string | undefined {
  const mistake = mistakeInOptions(entry, WAYS[way]!, `a provider with ${way}`);
  if (mistake === undefined || !('durable' in entry)) return mistake;
  return `${mistake} There are no durable providers: an instance lives with the application, with one event, or with who asked for it.`;
}

function mistakeInFactory({
  useFactory,
  inject = [],
}: Extract<CustomProvider, { useFactory: unknown }>): string | undefined {
  if (typeof useFactory !== 'function') return 'useFactory must be a function.';
  if (!Array.isArray(inject)) return undefined;
  const wrong = inject.map(mistakeInDependency).find((mistake) => mistake !== undefined);
  if (wrong !== undefined || useFactory.length <= inject.length) return wrong;
  // Of the parameters without a default; one that is given nothing would be undefined.
  return (
    `useFactory takes ${useFactory.length} ${useFactory.length === 1 ? 'argument' : 'arguments'}, and inject names ${inject.length || 'none'}: ` +
    'name in inject what each of them is. No container is handed over, as tsyringe does.'
  );
}

/** One that is optional and has no token would be `undefined` for ever. */
function mistakeInDependency(entry: unknown, index: number): string | undefined {
  if (!isOptions(entry) || !('token' in entry)) return undefined;
  return mistakeInArguments({ optional: false, ...entry }, { token: anything, optional: flag }, `inject[${index}]`);
}

function notAProvider(entry: unknown, place: string): BootstrapError {
  if (entry === undefined || entry === null) return notThere(place, entry);
  if (isDynamicModule(entry)) {
    return new BootstrapError(`${place} is a dynamic module of ${entry.module.name}: move it to imports.`);
  }
  if (isPromiseLike(entry)) {
    return new BootstrapError(`${place} is a promise: give { provide, useFactory } with an async function.`);
  }
  return new BootstrapError(`${place} is no provider: it must be a class or an object with provide.`);
}

/** @throws BootstrapError when the entry of `controllers` is no class, or answers nothing. */
export function controllerClass(entry: unknown, place: string): Constructor {
  if (entry === undefined || entry === null) throw notThere(place, entry);
  if (isDynamicModule(entry)) {
    throw new BootstrapError(`${place} is a dynamic module of ${entry.module.name}: move it to imports.`);
  }
  if (typeof entry !== 'function') throw new BootstrapError(`${place} is ${String(entry)}, not a class.`);
  const type = entry as Constructor;
  const { module, controller, methods } = classMetadata(type);
  if (module || isNestModule(type)) throw new BootstrapError(`${place} is ${type.name}, which is a module: move it to imports.`);
  checkClass(type);
  if (controller || methods.size > 0) return type;
  throw new BootstrapError(`${place} is ${type.name}, which is no controller: put @Controller() on it, or, if it is a provider, move it to providers.`);
}

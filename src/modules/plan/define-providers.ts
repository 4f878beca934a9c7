import { appTokenName, meantAppToken } from '../../contracts/app-tokens.js';
import { BootstrapError, notThere } from '../../errors/bootstrap-error.js';
import {
  aList,
  anything,
  aScope,
  callable,
  flag,
  isOptions,
  mistakeInArguments,
  mistakeInOptions,
  type Rule,
  text,
} from '../../errors/check-options.js';
import { describeValue, functionKind } from '../../errors/describe-value.js';
import { classMetadata, declaredMetadata } from '../../metadata/class-metadata.js';
import { isNestModule } from '../../metadata/nestjs-decorators.js';
import { isPromiseLike } from '../../shared/promise.js';
import { type CustomProvider, type ProvidedToken, type Provider, Scope } from '../../shared/provider.js';
import { describeToken, InjectionToken, type Token } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';
import type { EventScope } from '../instances/event-scope.js';
import type { Overrides } from '../overrides.js';
import { checkClass, refuseNestMiddleware } from './check-class.js';
import { isDynamicModule } from './module-declaration.js';
import { ModuleNode, tokenKey } from './module-node.js';
import { type Definition, ProviderPlan } from './provider-plan.js';

/** Plans a module's own providers and controllers. */
export class ProviderDefiner {
  /** By key: the overrides that took something's place. */
  readonly overridden = new Set<unknown>();
  readonly #overrides: ReadonlyMap<unknown, CustomProvider>;

  /** @throws BootstrapError when an override is no provider. */
  constructor(overrides: Overrides['providers']) {
    this.#overrides = new Map(
      [...overrides].map(([token, provider]) => [tokenKey(token), providerDefinition(provider, 'the override')]),
    );
  }

  define(node: ModuleNode): void {
    const { providers, controllers } = node.declaration;
    refuseNestMiddleware(node.type);
    for (const [index, entry] of providers.entries()) {
      this.#add(node, providerDefinition(entry, `providers[${index}] of ${node.name}`));
    }
    this.#add(node, { provide: node.type, useClass: node.type });
    for (const [index, entry] of controllers.entries()) {
      const type = controllerClass(entry, `controllers[${index}] of ${node.name}`);
      node.controllers.push(new ProviderPlan({ provide: type, useClass: type }, node.name, controllerScope(type)));
    }
  }

  /** The framework's own as one more global module, so that overrides take its providers' place like any other's. */
  builtInModule(builtIns: readonly BuiltIn<never>[]): ModuleNode {
    const tokens = builtIns.map(({ token }) => token);
    const lists = { imports: [], controllers: [], providers: [], exports: tokens };
    const node = new ModuleNode({ name: 'Lambent', type: Object, global: true, ...lists });
    for (const { token, value, read } of builtIns) {
      const definition = read ? { provide: token, read } : { provide: token, useValue: value };
      node.providers.set(tokenKey(token), this.#plan(definition, node.name));
    }
    return node;
  }

  /** Makes classes injectable that a module names without providing them, unless somebody provides them for it. */
  defineInjectables(node: ModuleNode, types: Iterable<Constructor>): void {
    for (const type of types) {
      const key = tokenKey(type);
      if (node.injectables.has(key) || node.find(type)) continue;
      node.injectables.set(key, this.#plan({ provide: type, useClass: type }, node.name));
    }
  }

  /** Gives a module the provider that a token brings along. */
  defineProvided(node: ModuleNode, token: ProvidedToken): ProviderPlan {
    const plan = this.#plan({ ...token.provider, provide: token }, node.name);
    node.injectables.set(tokenKey(token), plan);
    return plan;
  }

  #add(node: ModuleNode, definition: CustomProvider): void {
    const plan = this.#plan(definition, node.name);
    const meant = meantAppToken(plan.token);
    if (meant !== undefined)
      throw new BootstrapError(
        `${node.name} provides ${describeToken(plan.token)}, which nobody asks for: is ${meant} of 'lambent' meant?`,
      );
    if (appTokenName(plan.token) === undefined) node.providers.set(tokenKey(plan.token), plan);
    else node.appProviders.push(plan);
  }

  #plan(declared: Definition, moduleName: string): ProviderPlan {
    const definition = this.#override(declared) ?? declared;
    if ('useClass' in definition) checkClass(definition.useClass);
    return new ProviderPlan(definition, moduleName, declaredScope(definition), declared);
  }

  #override(declared: Definition): Definition | undefined {
    const key = overridableNames(declared)
      .map(tokenKey)
      .find((name) => this.#overrides.has(name));
    const override = key === undefined ? undefined : this.#overrides.get(key);
    if (!override) return undefined;
    this.overridden.add(key);
    return { ...override, provide: declared.provide };
  }
}

/** Its token; under an `APP_*` token, which is everybody's, the class goes first. */
function overridableNames(declared: Definition): unknown[] {
  const named = appTokenName(declared.provide) !== undefined && 'useClass' in declared;
  return named ? [declared.useClass, declared.provide] : [declared.provide];
}

function declaredScope(definition: Definition): Scope {
  if ('read' in definition) return Scope.REQUEST;
  if ('useFactory' in definition) return definition.scope ?? Scope.DEFAULT;
  if ('useClass' in definition) return definition.scope ?? classScope(definition.useClass);
  return Scope.DEFAULT;
}

function classScope(type: Constructor): Scope {
  return classMetadata(type).injectable?.scope ?? Scope.DEFAULT;
}

function controllerScope(type: Constructor): Scope {
  return classMetadata(type).controller?.scope ?? classScope(type);
}

/** Something the framework itself makes injectable everywhere: a value (Logger), or part of an event (Request). */
export interface BuiltIn<S extends EventScope = EventScope> {
  readonly token: Token;
  readonly value?: unknown;
  /** Makes whatever depends on it request-scoped. */
  readonly read?: (scope: S) => unknown;
}

/** A class, or what was one before it was compiled; arrow functions and methods have no prototype. */
const aClass: Rule = {
  expected: 'a class',
  accepts: (value) => typeof value === 'function' && typeof value.prototype === 'object',
};

const aToken: Rule = {
  expected: 'a class, an InjectionToken, a text or a symbol',
  accepts: (value) =>
    text.accepts(value) || typeof value === 'symbol' || value instanceof InjectionToken || aClass.accepts(value),
};

/** NestJS waits for a promise under `useValue`; here whoever asks would be given the promise itself. */
const aValue: Rule = {
  expected: 'what is there already: useFactory, as in useFactory: () => promise, waits for a promise',
  accepts: (value) => !isPromiseLike(value),
};

const aFactory: Rule = {
  expected: 'a function that returns what is provided, or a promise of it',
  accepts: (value) =>
    typeof value === 'function' && !functionKind(value).endsWith('generator') && !String(value).startsWith('class'),
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
function providerDefinition(entry: Provider, place: string): CustomProvider {
  if (typeof entry === 'function') return classDefinition(entry, place);
  if (typeof entry !== 'object' || entry === null || isPromiseLike(entry) || isDynamicModule(entry)) {
    throw notAProvider(entry, place);
  }
  const mistake = mistakeInProvider(entry);
  if (mistake) throw new BootstrapError(`${place} (${describeToken(entry.provide)}): ${mistake}`);
  return entry;
}

function classDefinition(type: Constructor, place: string): CustomProvider {
  const elsewhere = belongsElsewhere(type);
  if (elsewhere !== undefined) throw new BootstrapError(`${place} is ${elsewhere}`);
  if (!aClass.accepts(type)) {
    throw new BootstrapError(`${place} is ${describeValue(type)}: it must be a class or an object with provide.`);
  }
  return { provide: type, useClass: type };
}

/**
 * Of a module nothing that it declares would be there, of a controller no route. A provider may extend a controller.
 */
function belongsElsewhere(type: Constructor): string | undefined {
  const { module, controller } = declaredMetadata(type);
  if (module || isNestModule(type)) return `${type.name}, which is a module: move it to imports.`;
  return controller && `${type.name}, which is a controller: move it to controllers.`;
}

function mistakeInProvider(entry: CustomProvider): string | undefined {
  if (entry.provide === undefined || entry.provide === null) {
    return 'provide is undefined. Does the file of the token import this one? Give the token a file of its own.';
  }
  const ways = Object.keys(WAYS).filter((name) => name in entry);
  const [way] = ways;
  if (way === undefined || ways.length > 1) return notOneWay(entry, ways);
  if ('useClass' in entry && typeof entry.useClass !== 'function')
    return `useClass must be a class, not ${String(entry.useClass)}.`;
  const elsewhere = 'useClass' in entry ? belongsElsewhere(entry.useClass) : undefined;
  if (elsewhere !== undefined) return `useClass is ${elsewhere}`;
  if ('useFactory' in entry) return mistakeInFactory(entry) ?? mistakeInMembers(entry, way);
  if ('useExisting' in entry && entry.dispose)
    return 'useExisting is another name only: dispose belongs to the provider it names.';
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
function controllerClass(entry: unknown, place: string): Constructor {
  if (entry === undefined || entry === null) throw notThere(place, entry);
  if (isDynamicModule(entry)) {
    throw new BootstrapError(`${place} is a dynamic module of ${entry.module.name}: move it to imports.`);
  }
  if (typeof entry !== 'function') throw new BootstrapError(`${place} is ${String(entry)}, not a class.`);
  const type = entry as Constructor;
  const { module, controller, methods } = classMetadata(type);
  if (module || isNestModule(type))
    throw new BootstrapError(`${place} is ${type.name}, which is a module: move it to imports.`);
  checkClass(type);
  if (controller || methods.size > 0) return type;
  throw new BootstrapError(
    `${place} is ${type.name}, which is no controller: put @Controller() on it, or, if it is a provider, move it to providers.`,
  );
}

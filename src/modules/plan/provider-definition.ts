import { BootstrapError, notThere } from '../../errors/bootstrap-error.js';
import {
  aList,
  anything,
  aScope,
  callable,
  flag,
  mistakeInArguments,
  mistakeInOptions,
  type OptionRule,
  text,
} from '../../errors/check-options.js';
import { describeValue, functionKind } from '../../errors/describe-value.js';
import { isOptions, shown } from '../../errors/option-names.js';
import { declaredMetadata } from '../../metadata/class-metadata.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { isNestModule } from '../../metadata/nestjs-decorators.js';
import { isPromiseLike } from '../../shared/promise.js';
import type { CustomProvider, FactoryProvider, Provider } from '../../shared/provider.js';
import { describeToken, InjectionToken } from '../../shared/token.js';
import { type Constructor, isClass } from '../../shared/types.js';
import { checkClass } from './check-class.js';
import { isDynamicModule } from './module-declaration.js';

/**
 * Normalizes an entry of `providers`. A class becomes its own token.
 *
 * @param place Where the entry is, for the message, as in `providers[0] of AppModule`.
 * @throws BootstrapError when the entry is not a valid provider.
 */
export function providerDefinition(entry: Provider, place: string): CustomProvider {
  if (typeof entry === 'function') return classDefinition(entry, place);
  refuseNonProvider(entry, place);
  const mistake = mistakeInProvider(entry);
  if (mistake) throw new BootstrapError(`${place} (${describeToken(entry.provide)}): ${mistake}`);
  return entry;
}

function classDefinition(type: Constructor, place: string): CustomProvider {
  const elsewhere = belongsElsewhere(type);
  if (elsewhere !== undefined) throw new BootstrapError(`${place} is ${elsewhere}`);
  if (!isClass(type)) {
    throw new BootstrapError(`${place} is ${describeValue(type)}: it must be a class or an object with provide.`);
  }
  return { provide: type, useClass: type };
}

function refuseNonProvider(entry: unknown, place: string): void {
  refuseMissingOrModule(entry, place);
  if (isPromiseLike(entry)) {
    throw new BootstrapError(`${place} is a promise: use { provide, useFactory } with an async function instead.`);
  }
  if (typeof entry !== 'object')
    throw new BootstrapError(`${place} is not a provider: it must be a class or an object with provide.`);
}

function refuseMissingOrModule(entry: unknown, place: string): void {
  if (entry === undefined || entry === null) throw notThere(place, entry);
  if (isDynamicModule(entry)) {
    throw new BootstrapError(`${place} is a dynamic module of ${entry.module.name}: move it to imports.`);
  }
}

/**
 * Says where a module or a controller belongs, since as a provider a module would declare nothing and a controller
 * would have no routes. Reads only the class's own metadata: a provider may extend a controller.
 */
function belongsElsewhere(type: Constructor): string | undefined {
  const { module, controller } = declaredMetadata(type);
  if (module || isNestModule(type)) return `${type.name}, which is a module: move it to imports.`;
  return controller && `${type.name}, which is a controller: move it to controllers.`;
}

const aClass: OptionRule = { expected: 'a class', accepts: isClass };

const aToken: OptionRule = {
  expected: 'a class, an InjectionToken, a string or a symbol',
  accepts: (value) =>
    text.accepts(value) || typeof value === 'symbol' || value instanceof InjectionToken || isClass(value),
};

/** NestJS awaits a promise under `useValue`. Here, dependants would get the promise itself. */
const aValue: OptionRule = {
  expected: 'an existing value; for a promise, write useFactory: () => promise',
  accepts: (value) => !isPromiseLike(value),
};

const aFactory: OptionRule = {
  expected: 'a function that returns the value or a promise of it',
  accepts: (value) =>
    typeof value === 'function' && !functionKind(value).endsWith('generator') && !String(value).startsWith('class'),
};

/** The forms of a custom provider, by the member that tells them apart, with the rules of their members. */
const FORMS: Readonly<Record<string, Readonly<Record<string, OptionRule>>>> = {
  useClass: { provide: aToken, useClass: aClass, scope: aScope, dispose: callable, multi: flag },
  useValue: { provide: aToken, useValue: aValue, dispose: callable, multi: flag },
  useFactory: {
    provide: aToken,
    useFactory: aFactory,
    inject: aList,
    scope: aScope,
    dispose: callable,
    multi: flag,
  },
  useExisting: { provide: aToken, useExisting: anything, multi: flag },
};

function mistakeInProvider(entry: CustomProvider): string | undefined {
  if (entry.provide === undefined || entry.provide === null) {
    return "provide is undefined. If the token's file imports this one, move the token to a file of its own.";
  }
  const forms = Object.keys(FORMS).filter((name) => name in entry);
  const [form] = forms;
  if (form === undefined || forms.length > 1) return notOneForm(entry, forms);
  if ('useClass' in entry && typeof entry.useClass !== 'function')
    return `useClass must be a class, not ${shown(entry.useClass)}.`;
  const elsewhere = 'useClass' in entry ? belongsElsewhere(entry.useClass) : undefined;
  if (elsewhere !== undefined) return `useClass is ${elsewhere}`;
  if ('useFactory' in entry) return mistakeInFactory(entry) ?? mistakeInMembers(entry, form);
  if ('useExisting' in entry && entry.dispose)
    return 'useExisting is only another name: move dispose to the provider it names.';
  return mistakeInMembers(entry, form);
}

function notOneForm(entry: object, forms: readonly string[]): string {
  const advice = 'useToken' in entry ? " tsyringe's useToken is called useExisting here." : '';
  const found = forms.join(' and ') || 'none';
  return `a provider has exactly one of ${Object.keys(FORMS).join(', ')}; this one has ${found}.${advice}`;
}

function mistakeInMembers(entry: CustomProvider, form: string): string | undefined {
  const mistake = mistakeInOptions(entry, FORMS[form]!, `a provider with ${form}`);
  if (mistake === undefined || !('durable' in entry)) return mistake;
  return `${mistake} Lambent has no durable providers: use Scope.DEFAULT, Scope.REQUEST or Scope.TRANSIENT.`;
}

function mistakeInFactory({ useFactory, inject = [] }: FactoryProvider): string | undefined {
  if (typeof useFactory !== 'function') return 'useFactory must be a function.';
  if (!Array.isArray(inject)) return undefined;
  const wrong = inject.map(mistakeInDependency).find((mistake) => mistake !== undefined);
  // `length` counts the parameters without a default, which would be undefined.
  if (wrong !== undefined || useFactory.length <= inject.length) return wrong;
  return (
    `useFactory takes ${useFactory.length} ${useFactory.length === 1 ? 'argument' : 'arguments'}, but inject names ` +
    `${inject.length || 'none'}: name a token for each in inject. Unlike tsyringe, Lambent passes no container.`
  );
}

/** Refuses an optional dependency without a token, which would always be `undefined`. */
function mistakeInDependency(entry: unknown, index: number): string | undefined {
  if (!isOptions(entry) || !('token' in entry)) return undefined;
  return mistakeInArguments({ optional: false, ...entry }, { token: anything, optional: flag }, `inject[${index}]`);
}

/** @throws BootstrapError when an entry of `controllers` is not a class, or has neither routes nor consumers. */
export function controllerClass(entry: unknown, place: string): Constructor {
  refuseMissingOrModule(entry, place);
  if (typeof entry !== 'function') throw new BootstrapError(`${place} is ${shown(entry)}, not a class.`);
  const type = entry as Constructor;
  const { module, controller, methods } = mergedMetadata(type);
  if (module || isNestModule(type))
    throw new BootstrapError(`${place} is ${type.name}, which is a module: move it to imports.`);
  checkClass(type);
  if (controller || methods.size > 0) return type;
  throw new BootstrapError(
    `${place} is ${type.name}, which is not a controller: add @Controller() to it, or move it to providers.`,
  );
}

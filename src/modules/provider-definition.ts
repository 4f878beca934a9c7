import { BootstrapError } from '../errors/bootstrap-error.js';
import { notThere } from '../errors/not-there.js';
import { classMetadata, declaredMetadata } from '../metadata/class-metadata.js';
import type { CustomProvider, Provider } from '../shared/provider.js';
import { describeToken } from '../shared/token.js';
import type { Constructor } from '../shared/types.js';
import { checkClass } from './check-class.js';

const WAYS = ['useClass', 'useValue', 'useFactory', 'useExisting'] as const;

/**
 * Brings an entry of `providers` into one form, a class being its own token.
 *
 * @param place Where the entry stands, for the message, as in `providers[0] of AppModule`.
 * @throws BootstrapError when the entry is no provider.
 */
export function providerDefinition(entry: Provider, place: string): CustomProvider {
  if (typeof entry === 'function') return classDefinition(entry, place);
  if (typeof entry !== 'object' || entry === null) throw notAProvider(entry, place);
  const mistake = mistakeIn(entry);
  if (mistake) throw new BootstrapError(`${place} (${describeToken(entry.provide)}): ${mistake}`);
  return entry;
}

function classDefinition(type: Constructor, place: string): CustomProvider {
  // A provider may extend a controller.
  const { module, controller } = declaredMetadata(type);
  if (module) throw new BootstrapError(`${place} is ${type.name}, which is a module: move it to imports.`);
  if (controller) throw new BootstrapError(`${place} is ${type.name}, which is a controller: move it to controllers.`);
  return { provide: type, useClass: type };
}

function mistakeIn(entry: CustomProvider): string | undefined {
  if (entry.provide === undefined || entry.provide === null) {
    return 'provide is undefined. Does the file of the token import this one? Give the token a file of its own.';
  }
  const ways = WAYS.filter((way) => way in entry);
  if (ways.length !== 1) return `a provider has exactly one of ${WAYS.join(', ')}; here: ${ways.join(' and ') || 'none'}.`;
  if ('useClass' in entry && typeof entry.useClass !== 'function') return `useClass must be a class, not ${String(entry.useClass)}.`;
  if ('useFactory' in entry && typeof entry.useFactory !== 'function') return 'useFactory must be a function.';
  if ('useExisting' in entry && entry.dispose) return 'useExisting is another name only: dispose belongs to the provider it names.';
  return undefined;
}

function notAProvider(entry: unknown, place: string): BootstrapError {
  if (entry === undefined || entry === null) return notThere(place, entry);
  return new BootstrapError(`${place} is no provider: it must be a class or an object with provide.`);
}

/** @throws BootstrapError when the entry of `controllers` is no class, or answers nothing. */
export function controllerClass(entry: unknown, place: string): Constructor {
  if (typeof entry !== 'function') throw new BootstrapError(`${place} is ${String(entry)}, not a class.`);
  const type = entry as Constructor;
  const { module, controller, methods } = classMetadata(type);
  if (module) throw new BootstrapError(`${place} is ${type.name}, which is a module: move it to imports.`);
  checkClass(type);
  if (controller || methods.size > 0) return type;
  throw new BootstrapError(`${place} is ${type.name}, which is no controller: put @Controller() on it, or, if it is a provider, move it to providers.`);
}

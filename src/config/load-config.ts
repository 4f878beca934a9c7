import { BootstrapError } from '../errors/bootstrap-error.js';
import { describeValue } from '../errors/describe-value.js';
import type { Environment } from '../settings/settings.js';
import type { Constructor } from '../shared/types.js';
import { checkValues, type ConfigForm } from './config-form.js';
import { configMetadata } from './config-metadata.js';
import { configMistakes } from './config-mistakes.js';
import { readProperty } from './read-property.js';
import type { RemoteValues } from './remote-values.js';

/**
 * Reads, checks and builds a configuration.
 *
 * @throws BootstrapError that tells every mistake, and never a value that is secret.
 */
export async function loadConfig(
  type: Constructor<object>,
  environment: Environment,
  remote: RemoteValues,
): Promise<object> {
  const form = await formOf(type);
  const readings = await Promise.all(form.properties.map((property) => readProperty(property, environment, remote)));
  const values = readings.flatMap(({ property, value }) => (value === undefined ? [] : [[property.name, value]]));
  const { result, broken } = await checkValues(form, Object.fromEntries(values) as Record<string, unknown>);
  const mistakes = configMistakes(form, readings, broken);
  if (mistakes.length > 0 || !result) throw new BootstrapError(messageOf(type.name, mistakes));
  return finished(instanceOf(type, result), form);
}

/** Finds out what a class consists of. Only the library that checks it is loaded. */
export async function formOf(type: Constructor<object>): Promise<ConfigForm> {
  const metadata = configMetadata(type);
  if (metadata.schema === undefined) return (await import('./class-form.js')).classForm(type, metadata);
  return (await import('./schema-form.js')).schemaForm(type, metadata);
}

function messageOf(name: string, mistakes: readonly string[]): string {
  const count = mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`;
  return `The configuration ${name} has ${count}:\n${mistakes.map((mistake) => `- ${mistake}`).join('\n')}\n`;
}

/** A schema returns an object of its own. */
function instanceOf(type: Constructor<object>, result: unknown): object {
  if (result instanceof type) return result;
  if (typeof result !== 'object' || result === null)
    throw new BootstrapError(`The schema of ${type.name} returned ${describeValue(result)}; it must return an object.`);
  return Object.assign(Reflect.construct(type, []), result);
}

/**
 * Makes the secrets of an instance non-enumerable, so that nothing that lists its members finds them: `JSON.stringify`,
 * `util.inspect`, log fields, spreads. Members that a schema made may have been made of secrets.
 */
function finished(instance: object, { properties, isNested }: ConfigForm): object {
  const shown = new Set(properties.filter(({ hidden }) => !hidden).map(({ name }) => name));
  if (shown.size < properties.length)
    for (const name of Object.keys(instance))
      if (!shown.has(name)) Object.defineProperty(instance, name, { enumerable: false });
  return freezeConfig(instance, isNested);
}

/**
 * Freezes a configuration at any depth, because all events share it: lists, plain objects, and instances of nested
 * classes. Anything else, such as what a schema or a `@Transform` function makes, may change while it works.
 *
 * @param isNested Whether a class is one that JSON in the configuration is read as.
 */
function freezeConfig<T extends object>(config: T, isNested: (type: Constructor) => boolean): T {
  const found = new Set<object>([config]);
  for (const one of found)
    for (const { value } of Object.values(Object.getOwnPropertyDescriptors(one)) as readonly PropertyDescriptor[])
      if (isData(value, isNested)) found.add(value);
  for (const one of found) Object.freeze(one);
  return config;
}

function isData(value: unknown, isNested: (type: Constructor) => boolean): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as { readonly constructor?: unknown } | null;
  if (Array.isArray(value) || prototype === null || prototype === Object.prototype) return true;
  return typeof prototype.constructor === 'function' && isNested(prototype.constructor as Constructor);
}

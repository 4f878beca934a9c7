import { BootstrapError } from '../errors/bootstrap-error.js';
import { propertyType } from '../metadata/reflection.js';
import { isPlainObject } from '../shared/plain-object.js';
import { type Constructor, isClass, type PlainObject } from '../shared/types.js';
import { instanceReader } from '../validation/dto/instance-reader.js';
import { conversionOf } from '../validation/dto/plan-conversion.js';
import { hasRules, type PropertyRules, propertyRules } from '../validation/dto/property-rules.js';
import type { InputReader } from '../validation/input-reader.js';
import { SCALARS } from '../validation/scalar-reader.js';
import { isBuiltByTransform, isDecorated } from '../validation/transformer/transformer-metadata.js';
import type { ConfigForm } from './config-form.js';
import { type ConfigFormat, type ConfigMetadata, JSON_FORMAT } from './config-metadata.js';
import { type ConfigProperty, configProperty } from './config-property.js';

/**
 * Reads a class with rules of class-validator: its properties are those with a decorator, and those with an initial
 * value.
 *
 * @throws BootstrapError for a constructor with parameters, and for a property with neither decorator nor value.
 */
export async function classForm(type: Constructor, metadata: ConfigMetadata): Promise<ConfigForm> {
  if (type.length > 0)
    throw new BootstrapError(
      `The constructor of ${type.name} takes arguments, but a configuration class is created without any.`,
    );
  const defaults = Reflect.construct(type, []) as PlainObject;
  const rules = new Map(propertyRules(type).map((rule) => [rule.name, rule]));
  const declared = new Set([...metadata.properties.keys(), ...rules.keys()]);
  const initial = Object.keys(defaults).filter((name) => declared.has(name) || isDefault(type, name, defaults[name]));
  const properties = [...new Set([...initial, ...declared])].map((name) =>
    configProperty({
      owner: type.name,
      name,
      metadata: metadata.properties.get(name),
      format: () => formatOf(type, { name, rules: rules.get(name), initial: defaults[name] }),
    }),
  );
  return {
    properties,
    defaults,
    required: new Set([...metadata.properties.keys()].filter((name) => !rules.has(name))),
    read: await readerOf(type, properties),
    isNested: hasRules,
  };
}

const SOURCE = { location: 'configuration' } as const;
const OPTIONS = { forbidUnknownValues: false };

/**
 * Returns a reader. Most configurations need no more than their rules: neither class-transformer nor checks of JSON.
 */
async function readerOf(type: Constructor, properties: readonly ConfigProperty[]): Promise<InputReader> {
  const isFlat = !isDecorated(type) && properties.every(({ format }) => format.kind !== 'json');
  if (isFlat) return instanceReader(type, SOURCE, OPTIONS);
  const { libraryReader } = await import('../validation/dto/library-reader.js');
  return libraryReader(type, SOURCE, OPTIONS);
}

/** Whether a property without a decorator is a value of the configuration, and not an object of the class's own. */
function isDefault(type: Constructor, name: string, value: unknown): boolean {
  if (value === undefined) {
    throw new BootstrapError(
      `${type.name}.${name} has neither a decorator nor a default, so Lambent knows nothing about it. ` +
        'Add a rule, such as @IsString(), or @Env().',
    );
  }
  return scalarOf(value) !== undefined || Array.isArray(value) || isPlainObject(value);
}

interface Declared {
  readonly name: string;
  readonly rules: PropertyRules | undefined;
  readonly initial: unknown;
}

const TEXT: ConfigFormat = { kind: 'one', type: undefined };

/** Derives how a property is read: from its declared type, else from its rules, else from its initial value. */
function formatOf(type: Constructor, { name, rules, initial }: Declared): ConfigFormat {
  // Its function expects the text.
  if (isBuiltByTransform(type, name)) return TEXT;
  if (rules?.nested || rules?.metadata.some((rule) => rule.name === 'isObject')) return JSON_FORMAT;
  const byRules = conversionOf(type).properties.find((property) => property.name === name);
  if (byRules) return { kind: byRules.list ? 'list' : 'one', type: byRules.type ?? itemType(initial) };
  return formatOfType(propertyType(type.prototype, name), initial) ?? formatOfValue(initial);
}

function formatOfType(type: unknown, initial: unknown): ConfigFormat | undefined {
  if (SCALARS.has(type)) return { kind: 'one', type };
  if (type === Array) return { kind: 'list', type: itemType(initial) };
  return isClass(type) && hasRules(type) ? JSON_FORMAT : undefined;
}

function itemType(initial: unknown): unknown {
  return Array.isArray(initial) ? scalarOf(initial[0]) : undefined;
}

function formatOfValue(value: unknown): ConfigFormat {
  if (Array.isArray(value)) return { kind: 'list', type: itemType(value) };
  return isPlainObject(value) ? JSON_FORMAT : { kind: 'one', type: scalarOf(value) };
}

/** Returns the built-in class of a value, such as `Number`; `undefined` for any other. */
function scalarOf(value: unknown): unknown {
  const type: unknown = value === undefined || value === null ? undefined : Object(value).constructor;
  return SCALARS.has(type) ? type : undefined;
}

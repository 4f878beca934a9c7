import type { Environment } from '../settings/settings.js';
import { commaSeparated } from '../shared/comma-separated.js';
import { convertScalar, SCALARS } from '../validation/scalar-reader.js';
import type { ConfigFormat } from './config-metadata.js';
import type { ConfigProperty } from './config-property.js';
import { type DurationUnit, parseDuration } from './duration.js';
import type { RemoteValues } from './remote-values.js';

/** The value that was found for a property, or the mistake. */
export interface Reading {
  readonly property: ConfigProperty;
  /** The place that holds the value, or should, as in `DATABASE_URL` and `The parameter "/shop/limit"`. */
  readonly place: string;
  /** The text, or the member of a secret; `undefined` if nothing sets the property. */
  readonly raw?: unknown;
  /** The converted text; `undefined` if nothing sets the property, or something is wrong. */
  readonly value?: unknown;
  /** The kind of value that the text should be instead, as in `a number`. */
  readonly expected?: string;
  /** The reason why a parameter or a secret has no value. */
  readonly reason?: string;
  /** Whether the property can't have its default instead. */
  readonly hasFailed?: boolean;
}

/** Reads the value of a property from its variable, or else from its parameter or secret. A blank variable is unset. */
export async function readProperty(
  property: ConfigProperty,
  environment: Environment,
  values: RemoteValues,
): Promise<Reading> {
  const { variable, remote } = property;
  const text = variable === undefined ? undefined : environment[variable];
  if (typeof text === 'string' && text.trim() !== '') return converted(property, variable!, text);
  if (!remote) return { property, place: variable! };
  const { store, name, key } = remote;
  const place = key === undefined ? `The ${store.noun} "${name}"` : `The member "${key}" of the secret "${name}"`;
  const fetched = await values.fetch(remote);
  if ('value' in fetched) return converted(property, place, fetched.value);
  return { property, place, reason: fetched.reason, hasFailed: !fetched.isMissing };
}

function converted(property: ConfigProperty, place: string, raw: unknown): Reading {
  const read = readValue(raw, property.format);
  return { property, place, raw, ...read };
}

/** A value that was read, or what it must be instead, as in "it must be a number". */
type ReadValue = { readonly value: unknown } | { readonly expected: string };

/**
 * Converts a value to the format of its property: text of a variable, a parameter or a secret, or a member of a
 * secret's JSON.
 */
function readValue(raw: unknown, format: ConfigFormat): ReadValue {
  switch (format.kind) {
    case 'json':
      return readJson(raw);
    case 'duration':
      return readDuration(raw, format.unit);
    case 'list':
      return readList(raw, format.type);
    case 'one':
      return readOne(raw, format.type);
  }
}

function readJson(raw: unknown): ReadValue {
  if (typeof raw !== 'string') return { value: raw };
  try {
    return { value: JSON.parse(raw) as unknown };
  } catch {
    // The parser's message contains the text, which may be a secret.
    return { expected: 'valid JSON' };
  }
}

function readDuration(raw: unknown, unit: DurationUnit): ReadValue {
  const value = typeof raw === 'string' ? parseDuration(raw.trim(), unit) : undefined;
  return value === undefined ? { expected: 'a duration with its unit, such as 500ms, 30s, 5m, 2h or 1d' } : { value };
}

function readList(raw: unknown, type: unknown): ReadValue {
  const text = Array.isArray(raw) ? undefined : textOf(raw, String);
  if (text === undefined && !Array.isArray(raw)) return { expected: 'a list' };
  const items: readonly unknown[] = text === undefined ? (raw as unknown[]) : commaSeparated(text);
  const read = items.map((item) => readOne(item, type));
  const wrong = read.find((item) => 'expected' in item);
  if (wrong) return { expected: `a list with commas, each item ${wrong.expected}` };
  return { value: read.map((item) => ('value' in item ? item.value : undefined)) };
}

function readOne(raw: unknown, type: unknown): ReadValue {
  const scalar = SCALARS.get(type);
  if (!scalar) return { value: raw };
  const text = textOf(raw, type);
  const value = text === undefined ? undefined : convertScalar(scalar, text);
  return value === undefined ? { expected: scalar.noun } : { value };
}

/** A member of a secret's JSON may be a number or a boolean; `undefined` for anything else that is not text. */
function textOf(raw: unknown, type: unknown): string | undefined {
  // The parser has rounded it: as a text it would be another number.
  if (type !== Number && Number.isInteger(raw) && !Number.isSafeInteger(raw)) return undefined;
  if (typeof raw !== 'string') return typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : undefined;
  if (type === String) return raw;
  return type === Boolean ? raw.trim().toLowerCase() : raw.trim();
}

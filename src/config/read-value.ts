import { convertScalar, SCALARS } from '../validation/scalar-reader.js';
import type { ConfigFormat } from './config-property.js';
import { parseDuration } from './duration.js';

/** A value that was read, or what it must be instead, as in "it must be a number". */
export type ReadValue = { readonly value: unknown } | { readonly expected: string };

/**
 * Converts a value to the format of its property: text of a variable, a parameter or a secret, or a member of a
 * secret's JSON.
 */
export function readValue(raw: unknown, format: ConfigFormat): ReadValue {
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

function readDuration(raw: unknown, unit: Parameters<typeof parseDuration>[1]): ReadValue {
  const value = typeof raw === 'string' ? parseDuration(raw.trim(), unit) : undefined;
  return value === undefined ? { expected: 'a duration with its unit, such as 500ms, 30s, 5m, 2h or 1d' } : { value };
}

function readList(raw: unknown, type: unknown): ReadValue {
  const text = Array.isArray(raw) ? undefined : textOf(raw, String);
  if (text === undefined && !Array.isArray(raw)) return { expected: 'a list' };
  const items: readonly unknown[] = text === undefined ? (raw as unknown[]) : itemsIn(text);
  const read = items.map((item) => readOne(item, type));
  const wrong = read.find((item) => 'expected' in item);
  if (wrong) return { expected: `a list with commas, each item ${wrong.expected}` };
  return { value: read.map((item) => ('value' in item ? item.value : undefined)) };
}

function itemsIn(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
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

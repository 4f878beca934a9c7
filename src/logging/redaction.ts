import type { LogFields } from '../contracts/logger.js';
import { isJsonObject } from '../shared/json-values.js';
import { type LineFields, RESERVED_NAMES } from './writers/line-fields.js';
import { jsonMembers } from './writers/loggable-value.js';

const MASK = '[Redacted]';

export type Redaction = (fields: Readonly<LogFields>) => Readonly<LogFields>;

/**
 * Compiles a function that masks fields by name or path.
 *
 * It masks the fields as they would be written: after `toJSON`, and in maps and list items, too.
 */
export function compileRedaction(redact: readonly string[] = []): Redaction {
  if (redact.length === 0) return (fields) => fields;
  const targets = new Set(redact.map((target) => target.toLowerCase()));
  return (fields) => maskMembers(jsonMembers(fields), '', targets);
}

/** Masks an error detail as a part of its field `error_detail`. */
export function redactedDetail(redact: Redaction, detail: unknown): unknown {
  return redact({ error_detail: detail })['error_detail'];
}

/**
 * Masks what a program has added to a line, its error detail, and a message that is not text. The other standard fields
 * stay.
 */
export function redactLine(line: LineFields, redact: Redaction): LineFields {
  const added = redact(Object.fromEntries(Object.entries(line).filter(([key]) => isAdded(key))));
  // What masking left out, or shortened, is gone: none of it is taken from the line again.
  const standard = Object.entries(line).flatMap(([key, value]): [string, unknown][] => {
    if (isAdded(key)) return [];
    if (key === 'message') return [[key, redactedMessage(redact, value)]];
    return [[key, key === 'error_detail' ? redactedDetail(redact, value) : value]];
  });
  return Object.fromEntries([...standard, ...Object.entries(added)]) as LineFields;
}

/** Masks a message that is not text, as in JavaScript, or where an error is `any`. Paths begin in it, too. */
function redactedMessage(redact: Redaction, message: unknown): unknown {
  if (typeof message !== 'object') return message;
  const { message: masked } = redact({ message });
  return isJsonObject(masked) ? redact(masked) : masked;
}

function isAdded(key: string): boolean {
  return !RESERVED_NAMES.has(key);
}

function maskMembers(members: LogFields, prefix: string, targets: ReadonlySet<string>): LogFields {
  const masked = Object.entries(members).map(([key, value]): [string, unknown] => {
    const names = prefix === '' ? namesOf(key) : [key.toLowerCase()];
    const isTarget = names.some((name) => targets.has(name) || targets.has(prefix + name));
    return [key, isTarget ? MASK : maskValue(value, `${prefix}${names.at(-1)}.`, targets)];
  });
  return Object.fromEntries(masked);
}

/** A field with a standard name, such as `source`, has been renamed to `source_` by now. It is told by both names. */
function namesOf(key: string): readonly string[] {
  let given = key;
  while (given.endsWith('_') && !RESERVED_NAMES.has(given)) given = given.slice(0, -1);
  return RESERVED_NAMES.has(given) ? [key.toLowerCase(), given.toLowerCase()] : [key.toLowerCase()];
}

function maskValue(value: unknown, prefix: string, targets: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => maskValue(item, prefix, targets));
  if (typeof value === 'object' && value !== null) return maskMembers(value as LogFields, prefix, targets);
  return value;
}

import type { LogFields } from '../contracts/logger.js';
import { jsonMembers } from './writers/json-value.js';
import { type LogRecord, RESERVED_NAMES } from './writers/log-record.js';

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

/** Masks what a program has added to a line, and its error detail. The other standard fields stay. */
export function redactRecord(record: LogRecord, redact: Redaction): LogRecord {
  const added = Object.keys(record).filter((key) => key === 'error_detail' || !RESERVED_NAMES.has(key));
  const masked = redact(Object.fromEntries(added.map((key) => [key, record[key]])));
  const members = Object.keys(record).map((key) => [key, key in masked ? masked[key] : record[key]]);
  return Object.fromEntries(members) as LogRecord;
}

function maskMembers(members: LogFields, prefix: string, targets: ReadonlySet<string>): LogFields {
  const masked = Object.entries(members).map(([key, value]): [string, unknown] => {
    const name = key.toLowerCase();
    const path = prefix + name;
    return [key, targets.has(name) || targets.has(path) ? MASK : maskValue(value, `${path}.`, targets)];
  });
  return Object.fromEntries(masked);
}

function maskValue(value: unknown, prefix: string, targets: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => maskValue(item, prefix, targets));
  if (typeof value === 'object' && value !== null) return maskMembers(value as LogFields, prefix, targets);
  return value;
}

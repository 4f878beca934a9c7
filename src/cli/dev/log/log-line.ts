import { isJsonObject } from '../../../shared/json-values.js';
import { type Paint, printable, type Style } from '../../framework/terminal.js';

/** A structured log line. */
export interface LogLine {
  /** The level by Lambent's name; lines may use other names. */
  readonly level: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** @returns `undefined` unless the text is a JSON object with a level. */
export function parseLogLine(text: string): LogLine | undefined {
  const fields = text.startsWith('{') ? parsed(text) : undefined;
  if (!isJsonObject(fields) || typeof fields['level'] !== 'string') return undefined;
  const level = fields['level'].toLowerCase();
  return { level: LEVELS[level] ?? level, fields };
}

const LEVELS: Readonly<Record<string, string>> = { warn: 'warning', fatal: 'critical' };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const LEVEL_STYLES: Readonly<Record<string, Style>> = {
  info: 'green',
  warning: 'yellow',
  error: 'red',
  critical: 'red',
};

/** Fields that have their own form at the front of the line, and the server id, which is the same in all lines. */
const FORMATTED_FIELDS = ['type', 'level', 'date', 'timestamp', 'message', 'server_id'];
const REQUEST_FIELDS = ['method', 'path', 'status_code', 'execution_time'];
const RECORD_FIELDS = ['source', 'consumer', 'status', 'execution_time'];

/** A part of a line with its style, if it has one. */
type Part = readonly [text: string, style?: Style];

/** Formats a log line: time, level, summary and message, then the other fields. */
export function formatLogLine({ level, fields }: LogLine, paint: Paint, without: readonly string[] = []): string {
  const shownFields = new Set([...FORMATTED_FIELDS, ...without]);
  const parts: Part[] = [
    [timeOf(fields['date'] ?? fields['timestamp']), 'dim'],
    [level.toUpperCase().padEnd(8), LEVEL_STYLES[level] ?? 'dim'],
    ...summary(fields, shownFields),
    ...Object.entries(fields)
      .filter(([name]) => !shownFields.has(name))
      .map(([name, value]): Part => [`${name}=${valueOf(value)}`, 'dim']),
  ];
  const shown = parts.filter(([text]) => text !== '');
  return shown.map(([text, style]) => (style ? paint(style, printable(text)) : printable(text))).join(' ');
}

function summary(fields: LogLine['fields'], shownFields: Set<string>): Part[] {
  const names = fields['type'] === 'access' ? REQUEST_FIELDS : fields['type'] === 'record' ? RECORD_FIELDS : [];
  for (const name of names) shownFields.add(name);
  const parts = names.filter((name) => fields[name] !== undefined).map((name) => part(name, fields[name]));
  return 'message' in fields ? [...parts, [valueOf(fields['message'], String)]] : parts;
}

function part(name: string, value: unknown): Part {
  if (name === 'execution_time') return [`${Number(value).toFixed(1)} ms`, 'dim'];
  if (name === 'status_code')
    return [String(value), Number(value) >= 500 ? 'red' : Number(value) >= 400 ? 'yellow' : 'green'];
  return [String(value)];
}

/** Quotes text with spaces, to show where a field ends. */
function valueOf(value: unknown, text: (value: string) => string = quoted): string {
  return typeof value === 'string' ? text(value) : JSON.stringify(value);
}

function quoted(value: string): string {
  return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}

/** Formats a time in the local time zone, as in `10:11:12.345`. */
function timeOf(date: unknown): string {
  const time = new Date(typeof date === 'number' ? date : String(date));
  if (Number.isNaN(time.getTime())) return '';
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map((number) => padded(number, 2));
  return `${clock.join(':')}.${padded(time.getMilliseconds(), 3)}`;
}

function padded(number: number, length: number): string {
  return String(number).padStart(length, '0');
}

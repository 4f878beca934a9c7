import { isJsonObject, jsonIn } from '../../../shared/json-values.js';
import { type Paint, type Style } from '../../framework/colors.js';
import { printable } from '../../framework/printable.js';

/** A structured log line. */
export interface LogLine {
  /** The level by Lambent's name; lines may use other names. */
  readonly level: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** @returns `undefined` unless the text is a JSON object with a level. */
export function parseLogLine(text: string): LogLine | undefined {
  const fields = text.startsWith('{') ? jsonIn(text) : undefined;
  if (!isJsonObject(fields) || typeof fields['level'] !== 'string') return undefined;
  const level = fields['level'].toLowerCase();
  return { level: LEVELS[level] ?? level, fields };
}

const LEVELS: Readonly<Record<string, string>> = { warn: 'warning', fatal: 'critical' };

const LEVEL_STYLES: Readonly<Record<string, Style>> = {
  info: 'green',
  warning: 'yellow',
  error: 'red',
  critical: 'red',
};

/** Fields that have their own form at the front of the line, and the server id, which is the same in all lines. */
const FORMATTED_FIELDS = ['type', 'level', 'date', 'timestamp', 'message', 'server_id'];

/** The format of the lines of a type. */
interface LineForm {
  /** The fields in front, in this order. */
  readonly front: readonly string[];
  /** The fields that only a verbose log shows: what is seldom looked for, or the same in most lines. */
  readonly details: readonly string[];
}

const FORMS: Readonly<Record<string, LineForm>> = {
  access: {
    front: ['method', 'path', 'status_code', 'execution_time'],
    details: ['id', 'route', 'client_user_agent', 'client_ip', 'trace_id', 'cold_start'],
  },
  record: {
    front: ['source', 'consumer', 'status', 'execution_time'],
    details: ['id', 'request_id', 'message_id', 'trace_id', 'cold_start'],
  },
  batch: {
    front: ['source', 'consumer', 'records', 'failed', 'execution_time'],
    details: ['id', 'trace_id', 'cold_start'],
  },
  runtime: { front: [], details: ['id'] },
};
/** The lines of the application's logger, which have a date where other loggers have a timestamp or a time. */
const MESSAGE: LineForm = { front: [], details: ['id', 'trace_id'] };
const FOREIGN: LineForm = { front: [], details: [] };

/** A part of a line with its style, if it has one. */
type Part = readonly [text: string, style?: Style];

/** Options for the form of a line. */
export interface LineOptions {
  /** Shows all fields. */
  readonly verbose?: boolean;
  /** Fields to leave out. */
  readonly without?: readonly string[];
}

/** Formats a log line: time, level, summary and message, then the other fields. */
export function formatLogLine(
  line: LogLine,
  paint: Paint,
  { verbose = false, without = [] }: LineOptions = {},
): string {
  const { level, fields } = line;
  const { front, details } = formOf(fields);
  const apart = new Set([...FORMATTED_FIELDS, ...front, ...without, ...(verbose ? [] : details)]);
  const parts: Part[] = [
    [timeOf(fields['date'] ?? fields['timestamp']), 'dim'],
    [level.toUpperCase().padEnd(8), LEVEL_STYLES[level] ?? 'dim'],
    ...front.filter((name) => fields[name] !== undefined).map((name) => part(name, fields)),
    ...('message' in fields ? [[valueOf(fields['message'], String)] as const] : []),
    ...Object.entries(fields)
      .filter(([name, value]) => !apart.has(name) && (verbose || !isFirstAttempt(name, value)))
      .map(([name, value]): Part => [`${name}=${valueOf(value)}`, 'dim']),
  ];
  const shown = parts.filter(([text]) => text !== '');
  return shown.map(([text, style]) => (style ? paint(style, printable(text)) : printable(text))).join(' ');
}

function formOf({ type, date }: LogLine['fields']): LineForm {
  if (typeof type === 'string' && Object.hasOwn(FORMS, type)) return FORMS[type]!;
  return type === undefined && typeof date === 'string' ? MESSAGE : FOREIGN;
}

function isFirstAttempt(name: string, value: unknown): boolean {
  return name === 'attempt' && value === 1;
}

function part(name: string, { [name]: value, failed }: LogLine['fields']): Part {
  if (name === 'execution_time') return [`${Number(value).toFixed(1)} ms`, 'dim'];
  if (name === 'records') return [`${String(value)} records${failed === 0 ? '' : ','}`];
  if (name === 'failed') return [failed === 0 ? 'ok' : `${String(failed)} failed`];
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

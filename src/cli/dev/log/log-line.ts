import { isJsonObject } from '../../../shared/json-values.js';
import { type Paint, printable, type Style } from '../../framework/terminal.js';

const LEVELS: Readonly<Record<string, string>> = { warn: 'warning', fatal: 'critical' };

/** A line of a structured log. */
export interface LogLine {
  /** As Lambent names it, whatever the line does. */
  readonly level: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** @returns `undefined` for what is not JSON, and for JSON that is no log line: it has no level. */
export function parseLogLine(text: string): LogLine | undefined {
  const fields = text.startsWith('{') ? parsed(text) : undefined;
  if (!isJsonObject(fields) || typeof fields['level'] !== 'string') return undefined;
  const level = fields['level'].toLowerCase();
  return { level: LEVELS[level] ?? level, fields };
}

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

/** Shown in front, in a form of their own; and the machine, which is always the same. */
const IN_FRONT = ['type', 'level', 'date', 'timestamp', 'message', 'server_id'];
const OF_REQUESTS = ['method', 'path', 'status_code', 'execution_time'];
const OF_RECORDS = ['source', 'consumer', 'status', 'execution_time'];

/** A piece of a line, which may have a style. */
type Part = readonly [text: string, style?: Style];

/** A line of the log for people: time, level, what it says, and the other fields behind it. */
export function formatLogLine({ level, fields }: LogLine, paint: Paint, without: readonly string[] = []): string {
  const told = new Set([...IN_FRONT, ...without]);
  const parts: Part[] = [
    [timeOf(fields['date'] ?? fields['timestamp']), 'dim'],
    [level.toUpperCase().padEnd(8), LEVEL_STYLES[level] ?? 'dim'],
    ...summary(fields, told),
    ...Object.entries(fields)
      .filter(([name]) => !told.has(name))
      .map(([name, value]): Part => [`${name}=${valueOf(value)}`, 'dim']),
  ];
  const shown = parts.filter(([text]) => text !== '');
  return shown.map(([text, style]) => (style ? paint(style, printable(text)) : printable(text))).join(' ');
}

function summary(fields: LogLine['fields'], told: Set<string>): Part[] {
  const names = fields['type'] === 'access' ? OF_REQUESTS : fields['type'] === 'record' ? OF_RECORDS : [];
  for (const name of names) told.add(name);
  const parts = names.filter((name) => fields[name] !== undefined).map((name) => part(name, fields[name]));
  return 'message' in fields ? [...parts, [valueOf(fields['message'], String)]] : parts;
}

function part(name: string, value: unknown): Part {
  if (name === 'execution_time') return [`${Number(value).toFixed(1)} ms`, 'dim'];
  if (name === 'status_code')
    return [String(value), Number(value) >= 500 ? 'red' : Number(value) >= 400 ? 'yellow' : 'green'];
  return [String(value)];
}

/** Text with spaces in it is in quotes, so that one sees where a field ends. */
function valueOf(value: unknown, text: (value: string) => string = quoted): string {
  return typeof value === 'string' ? text(value) : JSON.stringify(value);
}

function quoted(value: string): string {
  return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}

/** On the clock of the machine, as in `10:11:12.345`. */
function timeOf(date: unknown): string {
  const time = new Date(typeof date === 'number' ? date : String(date));
  if (Number.isNaN(time.getTime())) return '';
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map((number) => padded(number, 2));
  return `${clock.join(':')}.${padded(time.getMilliseconds(), 3)}`;
}

function padded(number: number, length: number): string {
  return String(number).padStart(length, '0');
}

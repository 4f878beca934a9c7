import type { LogLine } from './log-line.js';
import type { Paint, Style } from './paint.js';

const LEVEL_STYLES: Readonly<Record<string, Style>> = { info: 'green', warning: 'yellow', error: 'red', critical: 'red' };

/** Shown in front, in a form of their own; and the machine, which is always the same. */
const IN_FRONT = ['type', 'level', 'date', 'timestamp', 'message', 'server_id'];
const OF_REQUESTS = ['method', 'path', 'status_code', 'execution_time'];
const OF_RECORDS = ['source', 'consumer', 'status', 'execution_time'];

/** A line of the log for people: time, level, what it says, and the other fields behind it. */
export function formatLogLine({ level, fields }: LogLine, paint: Paint, without: readonly string[] = []): string {
  const told = new Set([...IN_FRONT, ...without]);
  const parts = [
    paint('dim', timeOf(fields['date'] ?? fields['timestamp'])),
    paint(LEVEL_STYLES[level] ?? 'dim', level.toUpperCase().padEnd(8)),
    ...summary(fields, paint, told),
    ...Object.entries(fields)
      .filter(([name]) => !told.has(name))
      .map(([name, value]) => paint('dim', `${name}=${valueOf(value)}`)),
  ];
  return parts.filter((text) => text !== '').join(' ');
}

function summary(fields: LogLine['fields'], paint: Paint, told: Set<string>): string[] {
  const names = fields['type'] === 'access' ? OF_REQUESTS : fields['type'] === 'record' ? OF_RECORDS : [];
  for (const name of names) told.add(name);
  const parts = names.filter((name) => fields[name] !== undefined).map((name) => part(name, fields[name], paint));
  return 'message' in fields ? [...parts, valueOf(fields['message'], String)] : parts;
}

function part(name: string, value: unknown, paint: Paint): string {
  if (name === 'execution_time') return paint('dim', `${Number(value).toFixed(1)} ms`);
  if (name === 'status_code') return paint(Number(value) >= 500 ? 'red' : Number(value) >= 400 ? 'yellow' : 'green', String(value));
  return String(value);
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

import type { JsonCodec } from './json.js';

/** One event of a `text/event-stream` (WHATWG HTML, 9.2.6). */
export interface ServerSentEvent {
  /** Text is sent as it is, line by line; anything else as JSON. */
  data?: unknown;
  /** The type to listen for; `message` without it. */
  event?: string;
  /** What the client names in `Last-Event-ID` when it comes back. */
  id?: string;
  /** Milliseconds after which the client comes back. */
  retry?: number;
  /** For people who read along; clients skip it. */
  comment?: string;
}

const MEMBERS: readonly string[] = ['data', 'event', 'id', 'retry', 'comment'];
const LINE_BREAK = /\r\n|\r|\n/;

/**
 * Writes an event, the blank line after it included; text alone is an event with that data.
 *
 * @throws TypeError for an unknown member, a line break in `event` or `id`, a `retry` that is no whole number.
 */
export function encodeEvent(value: unknown, json: JsonCodec = JSON): string {
  const event = typeof value === 'string' ? { data: value } : checkedEvent(value);
  const lines = [
    ...linesOf('', event.comment),
    ...lineOf('event', event.event),
    ...lineOf('id', event.id),
    ...lineOf('retry', event.retry === undefined ? undefined : checkedRetry(event.retry)),
    ...linesOf('data', typeof event.data === 'string' ? event.data : json.stringify(event.data)),
  ];
  return `${lines.join('\n')}\n\n`;
}

function checkedEvent(value: unknown): ServerSentEvent {
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(`An event is text or an object with ${MEMBERS.join(', ')}, not ${String(value)}`);
  }
  const unknown = Object.keys(value).filter((name) => !MEMBERS.includes(name));
  if (unknown.length === 0) return value;
  throw new TypeError(`An event has ${MEMBERS.join(', ')}, but not ${unknown.join(', ')}: put what you send into data`);
}

function linesOf(name: string, text: string | undefined): string[] {
  return text === undefined ? [] : text.split(LINE_BREAK).map((line) => `${name}: ${line}`);
}

function lineOf(name: string, value: string | undefined): string[] {
  if (value === undefined) return [];
  // oxlint-disable-next-line no-control-regex -- a client ignores an id with NUL in it.
  if (/[\r\n\0]/.test(value)) throw new TypeError(`The ${name} of an event must not contain line breaks or NUL`);
  return [`${name}: ${value}`];
}

function checkedRetry(milliseconds: number): string {
  if (Number.isInteger(milliseconds) && milliseconds >= 0) return String(milliseconds);
  throw new TypeError(`The retry of an event is a whole number of milliseconds, not ${milliseconds}`);
}

import { detectHttpAdapter } from '../../../events/http-adapters.js';
import { detectRecordAdapters } from '../../../events/record-adapters.js';
import { printable } from '../../framework/terminal.js';

/** How many events are remembered. */
const SIZE = 50;

/** The events of late by the ids of their invocations, so that a line of the log can be told with its cause. */
export class RecentEvents {
  readonly #events = new Map<string, string>();

  /** @param event JSON. */
  add(id: string, event: string): void {
    this.#events.set(id, event);
    const [oldest] = this.#events.keys();
    if (this.#events.size > SIZE) this.#events.delete(oldest!);
  }

  /** @param id of an invocation; or of a request or a record, which the event then has in it. */
  find(id: unknown): string | undefined {
    if (typeof id !== 'string' || id === '') return undefined;
    const quoted = JSON.stringify(id);
    return this.#events.get(id) ?? [...this.#events.values()].findLast((event) => event.includes(quoted));
  }
}

/** Characters of a body that are shown. */
const LENGTH = 600;

/**
 * What an event is, for people: method, path and body of a request, the record of a batch, or all of it, as of one that
 * is malformed.
 *
 * @param id of the record, where it is known.
 */
export function eventSummary(text: string, id: unknown): string[] {
  return (decoded(text, id) ?? [shortened(text)]).map(printable);
}

/** @returns `undefined` for what is nothing to decode; the error that is told may be about just that. */
function decoded(text: string, id: unknown): string[] | undefined {
  try {
    const event: unknown = JSON.parse(text);
    return requestLines(event) ?? recordLines(event, id);
  } catch {
    return undefined;
  }
}

function requestLines(event: unknown): string[] | undefined {
  const adapter = detectHttpAdapter(event);
  if (!adapter) return undefined;
  const request = adapter.decode(event, {});
  const query = request.queryString();
  const body = request.text();
  const line = `${request.method} ${request.path}${query === '' ? '' : `?${query}`} (${adapter.source})`;
  return body === null ? [line] : [line, shortened(body)];
}

function recordLines(event: unknown, id: unknown): string[] | undefined {
  const [adapter] = detectRecordAdapters(event);
  const records = adapter?.decode(event) ?? [];
  const record = records.find((each) => each.id === id) ?? records[0];
  if (!adapter || !record) return undefined;
  // Throws for what is malformed, which is shown as it is.
  record.content();
  const which = Object.entries(record.attributes)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
  const count = records.length > 1 ? `, 1 of ${records.length}` : '';
  return [
    `${adapter.source}${which === '' ? '' : ` (${which})`}: record ${record.id}${count}`,
    shortened(JSON.stringify(record.raw)),
  ];
}

/** On one line. */
function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, (space) => (space.includes('\n') ? ' ' : space));
  return line.length > LENGTH ? `${line.slice(0, LENGTH)} … (${text.length} characters)` : line;
}

import { detectHttpAdapter } from '../../../events/detection/all-http-adapters.js';
import { detectRecordAdapters } from '../../../events/detection/record-adapters.js';
import { printable } from '../../framework/printable.js';

/** The number of characters of a body to show. */
const BODY_LENGTH = 600;

/**
 * Summarizes an event: method, path and body of a request, or one record; otherwise, as for a malformed event, the
 * text.
 *
 * @param text the event as JSON.
 * @param id the id of the record, if known.
 * @param whole shows the record as AWS sends it, rather than its content.
 */
export function eventSummary(text: string, id: unknown, whole = false): string[] {
  return (decoded(text, id, whole) ?? [shortened(text)]).map(printable);
}

/** @returns `undefined` if the event cannot be decoded, which may be the very error being reported. */
function decoded(text: string, id: unknown, whole: boolean): string[] | undefined {
  try {
    const event: unknown = JSON.parse(text);
    return requestLines(event) ?? recordLines(event, id, whole);
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

function recordLines(event: unknown, id: unknown, whole: boolean): string[] | undefined {
  const [adapter] = detectRecordAdapters(event);
  const records = adapter?.decode(event) ?? [];
  const record = records.find((each) => each.id === id) ?? records[0];
  if (!adapter || !record) return undefined;
  // Throws for a malformed record, whose event is then shown as text.
  const content = record.content();
  const attributes = Object.entries(record.attributes)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
  const count = records.length > 1 ? `, 1 of ${records.length}` : '';
  return [
    `${adapter.source}${attributes === '' ? '' : ` (${attributes})`}: record ${record.id}${count}`,
    shortened(whole ? JSON.stringify(record.raw) : textOf(content)),
  ];
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return Buffer.isBuffer(content) ? content.toString('utf8') : JSON.stringify(content);
}

/** Puts text on one line and limits its length. */
function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, (space) => (space.includes('\n') ? ' ' : space));
  return line.length > BODY_LENGTH ? `${line.slice(0, BODY_LENGTH)} … (${text.length} characters)` : line;
}

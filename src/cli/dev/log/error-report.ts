import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { type Paint } from '../../framework/colors.js';
import { errorHint } from '../../framework/format-error.js';
import { printable } from '../../framework/printable.js';
import { eventSummary } from './event-summary.js';
import type { RecentEvents } from './recent-events.js';
import { isOwn, placeOf, type SourcePlace, withoutCallers } from './stack-trace.js';

/** Options for showing the log of a process. */
export interface LogViewOptions {
  /** The project's folder. */
  readonly root: string;
  readonly paint: Paint;
  readonly events: RecentEvents;
  /** Shows every field and every line, and the whole record that caused an error rather than its content. */
  readonly verbose?: boolean;
  /** Returns the width of the terminal, if it has one: lines of source text are cut to it. */
  readonly columns?: () => number | undefined;
}

/** The number of sources and events to remember as shown. */
const REMEMBERED = 200;

/** Formats the errors of one process. Source lines and events that it has shown before are not shown again. */
export class ErrorReports {
  readonly #shown = new Set<string>();

  constructor(private readonly options: LogViewOptions) {}

  /**
   * Formats an error: its stack, the source lines around its place, and the event that caused it.
   *
   * @param stack the value of `error.stack`, which starts with the message.
   * @param id the id of the event, or of one record in it.
   */
  report(stack: string, id?: unknown): string[] {
    const { root, paint, events, verbose } = this.options;
    const lines = withoutCallers(stack.split(/\r?\n/).map(printable), root);
    const place = lines.map(placeOf).find((each): each is SourcePlace => each !== undefined && isOwn(each, root));
    const hint = errorHint(stack);
    const event = events.find(id);
    return [
      ...lines.map((line) => stackLine(line, root, paint)),
      ...(place && this.#isNew(`${place.file}:${place.line}:${place.column}`) ? this.#source(place) : []),
      ...(hint === undefined ? [] : ['', paint('cyan', hint)]),
      ...(event !== undefined && this.#isNew(String(id))
        ? ['', paint('cyan', 'Caused by'), ...eventSummary(event, id, verbose)]
        : []),
      '',
    ].map((line) => (line === '' ? line : `  ${line}`));
  }

  #source(place: SourcePlace): string[] {
    const { root, paint } = this.options;
    const columns = this.options.columns?.() ?? Number.POSITIVE_INFINITY;
    const title = paint('cyan', `${relative(root, place.file)}:${place.line}`);
    // Each line is indented by two.
    return ['', title, ...codeFrame(place, paint, columns - 2)];
  }

  #isNew(key: string): boolean {
    if (this.#shown.has(key)) return false;
    if (this.#shown.size === REMEMBERED) this.#shown.clear();
    this.#shown.add(key);
    return true;
  }
}

/** Highlights frames of the application, and makes their paths relative. */
function stackLine(line: string, root: string, paint: Paint): string {
  const place = placeOf(line);
  if (!place) return /^\s+at /.test(line) ? paint('dim', line) : paint('red', line);
  if (!isOwn(place, root)) return paint('dim', line);
  return line.replace(place.written, relative(root, place.file));
}

/** Source lines to show before and after the place. */
const AROUND = 3;

/** Columns to show before the place, in a line that is too long. */
const BEFORE = 20;

/**
 * Formats the lines around a place in a source with a mark at the place; empty if the source cannot be read.
 *
 * @param columns the room. Longer lines are cut, as the mark below a line that wraps would be at the wrong place.
 */
function codeFrame({ file, line, column }: Omit<SourcePlace, 'written'>, paint: Paint, columns: number): string[] {
  const lines = linesOf(file);
  if (lines[line - 1] === undefined) return [];
  const first = Math.max(1, line - AROUND);
  const width = String(Math.min(line + AROUND, lines.length)).length;
  const room = columns - width - '>  | '.length;
  const skipped = column > room ? column - BEFORE : 0;
  return lines.slice(first - 1, line + AROUND).flatMap((whole, index) => {
    const number = String(first + index).padStart(width);
    const text = whole.slice(skipped, skipped + room);
    if (first + index !== line) return [paint('dim', `  ${number} | ${text}`.trimEnd())];
    const indent = text.slice(0, column - 1 - skipped).replaceAll(/[^\t]/g, ' ');
    return [`${paint('red', '>')} ${number} | ${text}`, paint('red', `  ${' '.repeat(width)} | ${indent}^`)];
  });
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}

import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { errorHint } from '../../framework/errors.js';
import { type Paint, printable } from '../../framework/terminal.js';
import { eventSummary } from './recent-events.js';
import { isOwn, placeOf, type SourcePlace, withoutCallers } from './stack-trace.js';

/** An error from the log. */
interface ReportedError {
  /** The value of `error.stack`, which starts with the message. */
  readonly stack: string;
  /** The event that caused it, as JSON. */
  readonly event?: string | undefined;
  /** The id of the event, or of one record in it. */
  readonly id?: unknown;
}

/** Formats an error: its stack, the source lines around its place, and the event that caused it. */
export function errorReport({ stack, event, id }: ReportedError, root: string, paint: Paint): string[] {
  const lines = withoutCallers(stack.split(/\r?\n/).map(printable), root);
  const place = lines.map(placeOf).find((each): each is SourcePlace => each !== undefined && isOwn(each, root));
  const hint = errorHint(stack);
  return [
    ...lines.map((line) => stackLine(line, root, paint)),
    ...(place ? ['', paint('cyan', `${relative(root, place.file)}:${place.line}`), ...codeFrame(place, paint)] : []),
    ...(hint === undefined ? [] : ['', paint('cyan', hint)]),
    ...(event === undefined ? [] : ['', paint('cyan', 'Caused by'), ...eventSummary(event, id)]),
    '',
  ].map((line) => (line === '' ? line : `  ${line}`));
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

/** Formats the lines around a place in a source with a mark at the place; empty if the source cannot be read. */
function codeFrame({ file, line, column }: Omit<SourcePlace, 'written'>, paint: Paint): string[] {
  const lines = linesOf(file);
  if (lines[line - 1] === undefined) return [];
  const first = Math.max(1, line - AROUND);
  const shown = lines.slice(first - 1, line + AROUND);
  const width = String(first + shown.length - 1).length;
  return shown.flatMap((text, index) => {
    const number = String(first + index).padStart(width);
    if (first + index !== line) return [paint('dim', `  ${number} | ${text}`.trimEnd())];
    const indent = text.slice(0, column - 1).replaceAll(/[^\t]/g, ' ');
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

import { relative } from 'node:path';
import { errorHint } from '../../error-hint.js';
import { codeFrame } from './code-frame.js';
import { eventSummary } from './event-summary.js';
import type { Paint } from './paint.js';
import { printable } from './printable.js';
import { isOwn, placeOf, type SourcePlace } from './stack-frame.js';
import { withoutCallers } from './without-callers.js';

/** An error, as far as the log tells of it. */
export interface ReportedError {
  /** With its message in front, as `error.stack` has it. */
  readonly stack: string;
  /** The event that caused it, as JSON. */
  readonly event?: string | undefined;
  /** What names the event, or the one record of it. */
  readonly id?: unknown;
}

/** An error for people: its stack, the lines of the source that it comes from, and the request that caused it. */
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

/** The application's own places stand out, and are told from its folder. */
function stackLine(line: string, root: string, paint: Paint): string {
  const place = placeOf(line);
  if (!place) return /^\s+at /.test(line) ? paint('dim', line) : paint('red', line);
  if (!isOwn(place, root)) return paint('dim', line);
  return line.replace(place.written, relative(root, place.file));
}

import type { Readable } from 'node:stream';
import type { Paint } from '../../framework/terminal.js';
import { RUNTIME_LINE } from '../runtime/log-lines.js';
import { errorReport } from './error-report.js';
import { formatLogLine, type LogLine, parseLogLine } from './log-line.js';
import type { RecentEvents } from './recent-events.js';

interface LogViewOptions {
  /** The project's folder. */
  readonly root: string;
  readonly paint: Paint;
  readonly events: RecentEvents;
}

const REMEMBERED = 20;

/** Makes the lines that one process writes readable. */
export class LogView {
  /** Errors that the application has told of: what the process tells after that of the same ones is left out. */
  readonly #told = new Set<string>();

  constructor(private readonly options: LogViewOptions) {}

  /** @returns the lines to print; those that are no log lines as they are. */
  show(text: string): string[] {
    const line = parseLogLine(text);
    if (!line) return [text];
    const stack = stackOf(line);
    if (stack === undefined) return [formatLogLine(line, this.options.paint)];
    if (this.#isTold(line, stack)) return [];
    const { root, paint, events } = this.options;
    const id = line.fields['id'];
    return [
      formatLogLine(line, paint, ['error_detail']),
      ...errorReport({ stack, id, event: events.find(id) }, root, paint),
    ];
  }

  #isTold({ fields }: LogLine, stack: string): boolean {
    if (fields['type'] === RUNTIME_LINE) return this.#told.delete(stack);
    if (this.#told.size === REMEMBERED) this.#told.clear();
    this.#told.add(stack);
    return false;
  }
}

/** Of an error that nobody has handled the detail is a stack. */
function stackOf({ level, fields }: LogLine): string | undefined {
  const detail = fields['error_detail'];
  if (level !== 'critical' && level !== 'error') return undefined;
  return typeof detail === 'string' && (fields['type'] === RUNTIME_LINE || /\n[^\S\n]+at /.test(detail))
    ? detail
    : undefined;
}

/**
 * Gives whole lines of a stream, without their ends, in whatever pieces they come; the last one need not have an end.
 */
export function eachLine(stream: Readable, take: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    lines.forEach(take);
  });
  stream.on('end', () => {
    if (rest !== '') take(rest);
  });
}

import type { Readable } from 'node:stream';
import { isJsonObject } from '../../../shared/json-values.js';
import { printable } from '../../framework/printable.js';
import { RUNTIME_LINE } from '../runtime/own-lines.js';
import { BatchLines } from './batch-lines.js';
import { ErrorReports, type LogViewOptions } from './error-report.js';
import { formatLogLine, type LogLine, parseLogLine } from './log-line.js';

const REMEMBERED = 20;

/** Formats the lines that one process writes. */
export class LogView {
  /** Stacks that the application has logged. When the process logs the same error again, the line is left out. */
  readonly #logged = new Set<string>();
  readonly #reports: ErrorReports;
  readonly #batches: BatchLines;

  constructor(private readonly options: LogViewOptions) {
    this.#reports = new ErrorReports(options);
    this.#batches = new BatchLines(options.events);
  }

  /** @returns the lines to print. Text that is not a log line is returned unchanged. */
  show(text: string): string[] {
    const line = parseLogLine(text);
    if (!line) return [text];
    const { paint, verbose = false } = this.options;
    const shown = verbose ? line : this.#batches.summed(line);
    if (!shown) return [];
    const problems = problemsOf(shown.fields['error_detail']);
    if (problems) return [formatLogLine(shown, paint, { verbose, without: ['error_detail'] }), ...problems];
    const stack = stackOf(shown);
    if (stack === undefined) return [formatLogLine(shown, paint, { verbose })];
    if (this.#isRepeated(shown, stack)) return [];
    return [
      formatLogLine(shown, paint, { verbose, without: ['error_detail'] }),
      ...this.#reports.report(stack, shown.fields['id']),
    ];
  }

  #isRepeated({ fields }: LogLine, stack: string): boolean {
    if (fields['type'] === RUNTIME_LINE) return this.#logged.delete(stack);
    if (this.#logged.size === REMEMBERED) this.#logged.clear();
    this.#logged.add(stack);
    return false;
  }
}

/** Returns the error detail of an unhandled error, which is its stack. */
function stackOf({ level, fields }: LogLine): string | undefined {
  const detail = fields['error_detail'];
  if (level !== 'critical' && level !== 'error') return undefined;
  return typeof detail === 'string' && (fields['type'] === RUNTIME_LINE || /\n[^\S\n]+at /.test(detail))
    ? detail
    : undefined;
}

/** Returns a line for each broken rule of an input, as in `body.email: email must be an email`. */
function problemsOf(detail: unknown): string[] | undefined {
  if (!Array.isArray(detail) || detail.length === 0 || !detail.every(isBrokenRule)) return undefined;
  return detail.map(({ loc, msg }) => printable(`  ${loc.join('.')}: ${msg}`));
}

interface BrokenRule {
  readonly loc: readonly unknown[];
  readonly msg: string;
}

function isBrokenRule(value: unknown): value is BrokenRule {
  return isJsonObject(value) && Array.isArray(value['loc']) && typeof value['msg'] === 'string';
}

/** Splits a stream into lines without line breaks, whatever its chunks. The last line needs no line break. */
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
